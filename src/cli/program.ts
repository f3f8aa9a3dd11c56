import { Command as Commander, CommanderError, InvalidArgumentError, Option } from 'commander';
import { TutorError } from '../model/error.ts';
import { suggest } from '../model/suggest.ts';
import type { Options } from './context.ts';
import { COMMANDS, type CommandContract, type CommandName, GLOBAL_OPTIONS, type OptionContract } from './contract.ts';
import { commandHelp, rootHelp } from './help.ts';

/** A command line that was understood: a command to run, or help to print. */
export type Parsed =
  | { kind: 'run'; command: CommandName; arguments: readonly string[]; rest: readonly string[]; options: Options }
  | { kind: 'answer'; text: string };

/**
 * Reads a command line.
 * @throws {TutorError} what is wrong with it, with the nearest right words
 */
export function parseCommandLine(wholeArgv: readonly string[]): Parsed {
  const { argv, rest } = splitRest(wholeArgv);
  const found: { parsed?: Parsed } = {};
  const program = quiet(new Commander('node-tutor'));
  program
    .version(process.env.NODE_TUTOR_VERSION ?? '', '-V, --version')
    .helpOption(false)
    .helpCommand(false);
  addOptions(program, GLOBAL_OPTIONS);
  program.option('-h, --help').argument('[command]').allowExcessArguments();
  program.action((name: string | undefined) => {
    if (name !== undefined)
      throw unknown({ what: 'command', word: name, candidates: COMMANDS.map((command) => command.name) });
    found.parsed = { kind: 'answer', text: rootHelp() };
  });
  // Commands that are not named are not set up: it takes as long as opening the course.
  for (const contract of COMMANDS.filter(({ name }) => argv.includes(name))) {
    const command = quiet(new Commander(contract.name)).helpOption(false);
    for (const argument of argumentsOf(contract)) command.argument(argument.replace('<', '['));
    addOptions(command, contractOptions(contract));
    command.action(() => {
      found.parsed = understood(contract, command, rest);
    });
    program.addCommand(command);
  }
  try {
    program.parse(helpLast(argv), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.version') {
      return { kind: 'answer', text: `${process.env.NODE_TUTOR_VERSION}\n` };
    }
    throw explain(error, argv);
  }
  return found.parsed ?? { kind: 'answer', text: rootHelp() };
}

function understood(
  contract: CommandContract & { name: CommandName },
  command: Commander,
  rest: readonly string[],
): Parsed {
  const { help, ...options } = command.optsWithGlobals<Options & { help?: boolean }>();
  if (help) return { kind: 'answer', text: commandHelp(contract) };
  const required = argumentsOf(contract).find((argument, index) => argument.startsWith('<') && !command.args[index]);
  if (required !== undefined) {
    throw new TutorError(`node-tutor ${contract.name} needs ${required}.`, { next: exampleOf(contract) });
  }
  return { kind: 'run', command: contract.name, arguments: command.args, rest, options };
}

/** What stands behind `--` is the learner's program's, where a command runs one. */
function splitRest(whole: readonly string[]): { argv: readonly string[]; rest: readonly string[] } {
  const end = whole.indexOf('--');
  const argv = end === -1 ? whole : whole.slice(0, end);
  const takesRest = COMMANDS.some(({ name, ...contract }) => 'rest' in contract && argv.includes(name));
  return takesRest && end !== -1 ? { argv, rest: whole.slice(end + 1) } : { argv: whole, rest: [] };
}

/** `help check` is `check --help`. */
function helpLast(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv];
}

function quiet(command: Commander): Commander {
  return command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
}

function addOptions(command: Commander, contracts: readonly OptionContract[]): void {
  for (const { flags, choices, count, numbers } of contracts) {
    const option = new Option(flags);
    if (choices !== undefined) option.choices(choices);
    if (count) option.argParser(wholeNumber);
    if (numbers) option.argParser((text) => text.split(',').map((each) => wholeNumber(each.trim())));
    command.addOption(option);
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return Number(text);
}

function argumentsOf(contract: CommandContract): string[] {
  return contract.arguments?.match(/[<[][^\]>]+[\]>]/g) ?? [];
}

function contractOptions(contract: CommandContract): readonly OptionContract[] {
  return contract.options ?? [];
}

function exampleOf(contract: CommandContract): string {
  return `For example: node-tutor ${contract.examples[0]}`;
}

/** Commander's errors in our words. */
function explain(error: unknown, argv: readonly string[]): unknown {
  if (!(error instanceof CommanderError)) return error;
  const name = argv.find((word) => COMMANDS.some((command) => command.name === word));
  const contract: CommandContract | undefined = COMMANDS.find((command) => command.name === name);
  const help = `See: node-tutor ${name === undefined ? '' : `${name} `}--help`;
  const message = error.message.replace(/^error: /, '').replace(/\n[\s\S]*$/, '');
  const option = /^unknown option '(.+)'$/.exec(message)?.[1];
  if (option !== undefined) {
    const options = [...GLOBAL_OPTIONS, ...(contract?.options ?? []), { flags: '--help' }, { flags: '--version' }];
    const candidates = options.map(({ flags }) => flags.split(' ')[0] ?? '');
    return unknown({ what: 'option', word: option, candidates, help });
  }
  if (error.code === 'commander.excessArguments') {
    const most = ['no argument', 'one argument'][contract === undefined ? 0 : argumentsOf(contract).length];
    const next = contract?.rest === undefined ? help : `Arguments for the program stand behind --. ${help}`;
    return new TutorError(`node-tutor ${name ?? ''} takes ${most ?? 'two arguments'}.`, { next });
  }
  return new TutorError(`${message.charAt(0).toUpperCase()}${message.slice(1)}`, { next: help });
}

interface Unknown {
  what: 'command' | 'option';
  word: string;
  candidates: readonly string[];
  help?: string;
}

function unknown({ what, word, candidates, help = 'See: node-tutor --help' }: Unknown): TutorError {
  const near = suggest(word, candidates);
  const next = near.length === 0 ? help : `Did you mean ${near.join(' or ')}? ${help}`;
  return new TutorError(`There is no ${what} "${word}".`, { next });
}
