import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A home for the MongoDB shell in which it sends nothing to anybody.
 *
 * @returns the folder, below `parent`
 * @see https://www.mongodb.com/docs/mongodb-shell/telemetry/
 */
export function mongoshHome(parent: string): string {
  const home = path.join(parent, 'mongosh-home');
  for (const folder of [path.join(home, '.mongodb', 'mongosh'), path.join(home, 'mongodb', 'mongosh')]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'config'), '{"enableTelemetry":false,"disableGreetingMessage":true}');
  }
  return home;
}
