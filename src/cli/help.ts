import { COMMANDS, type CommandContract, GLOBAL_OPTIONS, type OptionContract } from './contract.ts';

const EXIT_CODES =
  'Exit codes: 0 passed, 1 a submission failed, 2 misuse or a broken course,\n  3 the tutor itself failed.';
const SUMMARY_COLUMN = 33;

/** The help of the whole program. */
export function rootHelp(): string {
  return [
    'Usage: node-tutor <command> [options]',
    'Learn back-end Node.js in your terminal: read a lesson, write code, check it.',
    `Commands:\n${COMMANDS.map(commandLine).join('\n')}`,
    `Options of every command:\n${GLOBAL_OPTIONS.map(optionLine).join('\n')}`,
    'Begin with:\n  node-tutor start\n\nHelp on a command: node-tutor <command> --help',
    `${EXIT_CODES}\n`,
  ].join('\n\n');
}

/** The help of one command, with examples. */
export function commandHelp(command: CommandContract): string {
  const usage = ['node-tutor', command.name, command.arguments, '[options]', command.rest].filter(Boolean).join(' ');
  const blocks = [`Usage: ${usage}`, `${capital(command.summary)}.`];
  if (command.details !== undefined) blocks.push(wrapped(command.details));
  if (command.options !== undefined) blocks.push(`Options:\n${command.options.map(optionLine).join('\n')}`);
  blocks.push(`Options of every command:\n${GLOBAL_OPTIONS.map(optionLine).join('\n')}`);
  blocks.push(`Examples:\n${command.examples.map((example) => `  node-tutor ${example}`).join('\n')}`);
  return `${blocks.join('\n\n')}\n`;
}

function commandLine(command: CommandContract): string {
  return columns([command.name, command.arguments].filter(Boolean).join(' '), command.summary);
}

function optionLine({ flags, summary, choices }: OptionContract): string {
  return columns(flags, choices === undefined ? summary : `${summary}: ${choices.join(', ')}`);
}

function columns(left: string, right: string): string {
  const words = wrapped(right, 80 - SUMMARY_COLUMN).split('\n');
  return `  ${left.padEnd(SUMMARY_COLUMN - 2)}${words.join(`\n${' '.repeat(SUMMARY_COLUMN)}`)}`;
}

function wrapped(text: string, width = 80): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1] ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
