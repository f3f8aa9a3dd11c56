import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Attack, Shipped } from './attack.ts';
import { type Grader, giveTo, type Install } from './install.ts';
import type { Listeners } from './listeners.ts';

/** Everything that one attack could hurt, made for it alone. */
export interface Arena {
  folder: string;
  /** In the command line of what it starts, and in what it writes. */
  mark: string;
  /** Words that no run may come to know. */
  secrets: readonly string[];
  submission: string;
  course: string;
  home: string;
  temp: string;
  /** Folders that nothing may be changed in. */
  watched: readonly string[];
}

const DEFAULT_LIMITS = {
  time: '1s',
  memory: '256MB',
  heap: '64MB',
  output: '256KB',
  fileSize: '8MB',
  disk: '64MB',
  processes: 16,
};

/** Makes the arena of one attack; everything in it belongs to the grader's user. */
export function makeArena(attack: Attack, { grader, install, listeners }: ArenaOptions): Arena {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'hostile-'));
  fs.chmodSync(folder, 0o755);
  const word = () => randomBytes(9).toString('hex');
  const [mark, environment, solution, home, other] = [word(), word(), word(), word(), word()];
  const at = (...parts: string[]) => path.join(folder, ...parts);
  writeCourse(at('course'), attack, solution);
  write(at('home', '.npmrc'), `//registry.example/:_authToken=${home}\n`);
  write(at('home', '.profile'), '# a profile\n');
  write(at('other', 'index.js'), `// ${other}\n`);
  write(at('outside', 'canary'), 'untouched\n');
  write(at('tmp', '.keep'), '');
  fs.cpSync(attack.folder, at('submission'), { recursive: true, filter: (file) => !file.endsWith('attack.yaml') });
  const facts = {
    mark,
    tutor: install.folder,
    precious: install.precious,
    solution: at('course', 'exercises', 'attacked', 'solution', 'index.js'),
    outside: at('outside'),
    canary: at('outside', 'canary'),
    other: at('other', 'index.js'),
    home: at('home'),
    submission: at('submission'),
    ...listeners.facts,
    ...(attack.exercise === undefined ? {} : { exercise: attack.exercise }),
  };
  write(at('submission', 'arena.json'), JSON.stringify(facts));
  for (const ship of attack.ships) put(at('submission'), ship, facts);
  fs.chmodSync(at('outside'), 0o777);
  fs.chmodSync(at('outside', 'canary'), 0o666);
  if (grader.uid !== undefined) giveTo(folder, grader.uid);
  return {
    folder,
    mark,
    secrets: [environment, solution, home, other, ...secretOfTheSystem()],
    submission: at('submission'),
    course: at('course'),
    home: at('home'),
    temp: at('tmp'),
    watched: [at('outside'), at('course'), at('home'), at('other'), at('submission')],
  };
}

export interface ArenaOptions {
  grader: Grader;
  install: Install;
  listeners: Listeners;
}

/** The first secret is the one in the grader's environment. */
export function graderEnvironment(arena: Arena, install: Install): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: arena.home,
    TMPDIR: arena.temp,
    NODE_TUTOR_CACHE: install.cache,
    ARENA_SECRET: arena.secrets[0] ?? '',
  };
}

/** A line of the machine's list of users. */
function secretOfTheSystem(): string[] {
  const line = fs.readFileSync('/etc/passwd', 'utf8').split('\n')[1];
  return line === undefined || line.length < 8 ? [] : [line];
}

function writeCourse(folder: string, attack: Attack, solution: string): void {
  const course = {
    formatVersion: 1,
    id: 'arena',
    version: '1.0.0',
    title: 'Arena',
    tracks: [{ id: 'arena', title: 'Arena', summary: 'One exercise.' }],
  };
  write(path.join(folder, 'course.yaml'), stringify(course));
  write(
    path.join(folder, 'lessons', '01-arena', '01-arena.md'),
    '---\nid: arena\ntitle: Arena\nexercises: [attacked]\n---\nNothing to learn.\n',
  );
  const exercise = path.join(folder, 'exercises', 'attacked');
  const manifest = {
    formatVersion: 1,
    id: 'attacked',
    title: 'Attacked',
    entry: ['index.js', 'index.mjs'],
    packages: ['uuid'],
    run: { limits: { ...DEFAULT_LIMITS, ...attack.limits }, grants: attack.grants },
    given: { words: { words: { count: 2 } } },
    checks: [
      {
        id: 'word',
        title: 'prints the words backwards',
        program: { args: '{{ words }}', stdout: '{{ words | reverse | join: " " }}' },
        hints: ['None.'],
      },
    ],
    wrong: {},
  };
  write(path.join(exercise, 'exercise.yaml'), stringify(manifest));
  write(path.join(exercise, 'README.md'), '# Attacked\nPrint the words backwards.\n');
  write(path.join(exercise, 'starter', 'index.js'), '');
  write(
    path.join(exercise, 'solution', 'index.js'),
    `console.log(process.argv.slice(2).reverse().join(' ')); // ${solution}\n`,
  );
}

/** Puts into a submission what a repository cannot hold. */
function put(submission: string, ship: Shipped, facts: Readonly<Record<string, unknown>>): void {
  const at = (name: string) => path.join(submission, name);
  const target = (name: string) => (typeof facts[name] === 'string' ? facts[name] : name);
  if ('symlink' in ship) fs.symlinkSync(target(ship.to), at(ship.symlink));
  if ('hardlink' in ship) fs.linkSync(target(ship.to), at(ship.hardlink));
  if ('rename' in ship) fs.renameSync(at(ship.rename), at(ship.to));
  if ('fifo' in ship) spawnSync('mkfifo', [at(ship.fifo)]);
  if ('sparse' in ship) {
    write(at(ship.sparse), '');
    fs.truncateSync(at(ship.sparse), ship.bytes);
  }
  if ('files' in ship) {
    for (let index = 0; index < ship.files; index++) fs.writeFileSync(at(`file-${index}`), '');
  }
  if ('depth' in ship) {
    fs.mkdirSync(path.join(submission, ...Array.from({ length: ship.depth }, () => 'd')), { recursive: true });
  }
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
