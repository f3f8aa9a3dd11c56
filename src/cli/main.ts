import { EXIT, TutorError } from '../model/error.ts';
import { COMMAND_LOADERS } from './commands.ts';
import { type ErrorStyle, reportError } from './errors.ts';
import { asTyped } from './invocation.ts';
import { makeContext } from './make-context.ts';
import { type ProcessIo, processIo } from './process-io.ts';
import { parseCommandLine } from './program.ts';
import { listenForSignals } from './signals.ts';

/**
 * Runs one command line in this process.
 * @param packageRoot folder of the installed package
 * @returns the exit code; everything printed has left
 */
export async function main(argv: readonly string[], packageRoot: string): Promise<number> {
  const io = processIo();
  const interruption = listenForSignals();
  const style = { json: argv.includes('--json'), debug: argv.includes('--debug') };
  process.once('uncaughtException', (error) => void crash(error, io, style));
  let code: number;
  try {
    code = await runCommandLine(argv, { io, packageRoot, signal: interruption.signal });
  } catch (error) {
    code = interruption.signal.aborted ? EXIT.tutorFailed : await reportError(error, io, style);
  }
  const fault = await io.flush();
  if (fault !== undefined) {
    const lost = new TutorError(`The answer could not be written: ${fault.message}`, { exitCode: EXIT.tutorFailed });
    code = await reportError(lost, io, { ...style, json: false });
  }
  return interruption.exitCode() ?? code;
}

/** A fault that nobody caught leaves nothing to go on with. */
async function crash(error: unknown, io: ProcessIo, style: ErrorStyle): Promise<void> {
  const code = await reportError(error, io, style);
  await io.flush();
  process.exit(code);
}

interface Surroundings {
  io: ProcessIo;
  packageRoot: string;
  signal: AbortSignal;
}

async function runCommandLine(argv: readonly string[], { io, packageRoot, signal }: Surroundings): Promise<number> {
  const parsed = parseCommandLine(argv);
  if (parsed.kind === 'answer') {
    io.print(asTyped(parsed.text, io.env));
    return EXIT.passed;
  }
  const { run } = await COMMAND_LOADERS[parsed.command]();
  return run(makeContext({ parsed, io, packageRoot, signal }));
}
