import * as z from 'zod';
import type { Template } from '../../model/course.ts';
import type { NpmSpec, ToolCommand, ToolName, WatchSpec } from '../../model/tools.ts';
import { schemaMessage } from '../issues.ts';
import { innerPath, shape, time } from './basics.ts';
import { textMatcher, valueMatcher } from './matchers.ts';
import { pieces, template } from './template.ts';
import { workInputKeys } from './work-inputs.ts';

const dependencyKeys = shape('what a dependency must be', {
  in: z
    .enum(['dependencies', 'devDependencies'])
    .exactOptional()
    .meta({ description: 'Which of the two it stands in.' }),
  allows: pieces.exactOptional().meta({ description: 'Versions that its range allows.' }),
  refuses: pieces.exactOptional().meta({ description: 'Versions that its range refuses.' }),
});
const dependency = z.union([z.literal('absent').transform(() => ({ absent: true })), dependencyKeys]);

const packageKeys = shape('what package.json must be', {
  at: z
    .record(z.string(), valueMatcher)
    .exactOptional()
    .meta({ description: 'Values by path, such as `scripts.start`.' }),
  dependencies: z
    .record(z.string(), dependency)
    .exactOptional()
    .meta({ description: 'Dependencies by name; or absent.' }),
});

const TOOLS = ['npm', 'node', 'git', 'mongosh'] as const satisfies readonly ToolName[];
const args = z.union([z.string(), z.array(template)]);

/** The one tool that is named, and its arguments. */
function toolOf(keys: { readonly [Tool in ToolName]: Template | undefined }): Pick<ToolCommand, 'tool' | 'args'> {
  const tool = TOOLS.find((name) => keys[name] !== undefined) ?? 'npm';
  return { tool, args: keys[tool] ?? [] };
}

const command = shape('a command', {
  npm: args.exactOptional().meta({ description: 'Arguments of npm, such as [install].' }),
  node: args.exactOptional().meta({ description: 'Arguments of node, such as [main.js].' }),
  git: args.exactOptional().meta({ description: 'Arguments of git, such as [check-ignore, -q, node_modules].' }),
  mongosh: innerPath.exactOptional().meta({
    description: 'File of the submission whose lines are typed into mongosh, on the database of the exercise.',
  }),
  cwd: z.string().min(1).exactOptional().meta({ description: 'Folder that it is started in.' }),
  shown: z
    .string()
    .min(1)
    .max(200)
    .exactOptional()
    .meta({ description: 'What a failure names instead of the command: what a learner would type to see the same.' }),
  stdout: textMatcher.exactOptional().meta({ description: 'What it must print.' }),
  stderr: textMatcher.exactOptional().meta({ description: 'What it must print on standard error.' }),
  exitCode: z
    .union([z.int().min(0).max(255), z.literal('nonzero'), z.literal('any')])
    .default(0)
    .meta({ description: 'Exit code; `nonzero` leaves the number open, `any` does not look. Default 0.' }),
})
  .refine((keys) => TOOLS.filter((tool) => tool in keys).length === 1, {
    error: schemaMessage('a command has one tool', 'Give it one of `npm`, `node`, `git` and `mongosh`.'),
  })
  .transform(
    ({ npm, node, git, mongosh, cwd, shown, stdout, stderr, exitCode }): ToolCommand => ({
      ...toolOf({ npm, node, git, mongosh }),
      ...(cwd !== undefined && { cwd }),
      ...(shown !== undefined && { shown }),
      ...(stdout && { stdout }),
      ...(stderr && { stderr }),
      exitCode,
    }),
  );

/** The `npm` kind. */
export const npmPart: z.ZodType<NpmSpec, unknown> = shape('an npm check', {
  ...workInputKeys,
  package: packageKeys.exactOptional().meta({ description: "What the learner's package.json must be." }),
  commands: z.array(command).max(20).default([]).meta({ description: 'Commands that are run in turn, offline.' }),
});

const start = shape('what is started', {
  npm: args.exactOptional().meta({ description: 'Arguments of npm, such as [run, dev].' }),
  node: args.exactOptional().meta({ description: 'Arguments of node.' }),
  cwd: z.string().min(1).exactOptional().meta({ description: 'Folder that it is started in.' }),
})
  .refine((keys) => 'npm' in keys !== 'node' in keys, {
    error: schemaMessage('a command has one tool', 'Give it either `npm` or `node`.'),
  })
  .transform(({ npm, node, cwd }): WatchSpec['start'] => ({
    tool: npm === undefined ? 'node' : 'npm',
    args: npm ?? node ?? [],
    ...(cwd !== undefined && { cwd }),
  }));

const watchStep = shape('a step', {
  save: z.record(z.string(), template).exactOptional().meta({ description: 'New texts of files, by path.' }),
  stdout: textMatcher.meta({ description: 'What must be printed after that.' }),
  within: time.exactOptional().meta({ description: 'How long that may take, such as 5s.' }),
});

/** The `watch` kind. */
export const watchPart: z.ZodType<WatchSpec, unknown> = shape('a watch check', {
  ...workInputKeys,
  start: start.meta({ description: 'The command that goes on.' }),
  steps: z.array(watchStep).min(1).max(20).meta({ description: 'What is saved, and what must be printed then.' }),
});
