import { createInterface } from 'node:readline';
import { startDatabase } from './server.ts';

/**
 * The embedded server as a process of its own: `node database.cjs '{"port":0,"host":"127.0.0.1"}'`. It prints
 * `{"port":…,"damaged":[…]}` when it listens or `{"error":…,"code":…}` when it cannot, forgets its data at the line
 * `clear`, and ends in order when its stdin does.
 */
async function main(): Promise<void> {
  try {
    const server = await startDatabase(JSON.parse(process.argv[2] ?? '{}'));
    say({ port: server.port, damaged: server.damaged });
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => {
      if (line === 'clear') {
        server.clear();
        say({ cleared: true });
      }
    });
    lines.on('close', () => void server.close().then(() => process.exit(0)));
  } catch (error) {
    say({ error: (error as Error).message, code: (error as NodeJS.ErrnoException).code });
    process.exitCode = 1;
  }
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

void main();
