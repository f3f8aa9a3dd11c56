// What every development command needs first: the packages installed, and dist/ built from the source as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs a Node.js program and ends this one with its exit code if it fails. */
export function run(file, args = [], options = {}) {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit', ...options });
  if (status !== 0) process.exit(status ?? 3);
}

/** The program that a package of node_modules offers under a name. */
export function bin(...parts) {
  return path.join(root, 'node_modules', ...parts);
}

/** Installs what is missing, then builds when something is newer than dist/. */
export function prepare() {
  const installed = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || changed(path.join(root, 'package-lock.json')) > changed(installed)) {
    const npm = process.env.npm_execpath;
    if (!npm) {
      console.error('The packages are not installed. Run this through npm: npm start, npm test.');
      process.exit(2);
    }
    run(npm, ['ci']);
  }
  const built = path.join(root, 'dist', 'course', 'index.json');
  const sources = ['src', 'scripts', 'lessons', 'exercises', 'course.yaml', 'package.json'];
  if (!existsSync(built) || sources.some((source) => newest(path.join(root, source)) > changed(built))) {
    run(path.join('scripts', 'build.mjs'));
  }
}

function changed(file) {
  return statSync(file).mtimeMs;
}

function newest(place) {
  if (!existsSync(place)) return 0;
  if (!statSync(place).isDirectory()) return changed(place);
  return Math.max(0, ...readdirSync(place).map((name) => newest(path.join(place, name))));
}
