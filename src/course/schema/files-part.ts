import * as z from 'zod';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';
import { textMatcher } from './matchers.ts';
import { pieces, template } from './template.ts';
import { workPath } from './work-inputs.ts';

const nameKeys = shape('a set of names', {
  equals: template.exactOptional().meta({ description: 'These names and no others, in any order.' }),
  contains: pieces.exactOptional().meta({ description: 'Each of these names is there.' }),
  lacks: pieces.exactOptional().meta({ description: 'None of these names is there.' }),
}).refine((keys) => Object.keys(keys).length > 0, {
  error: schemaMessage('a set of names without a condition', 'Give it `equals`, `contains` or `lacks`.'),
});

/** What a set of names must be; a list alone means just these. */
export const nameMatcher = z.union([
  z.union([z.array(template), z.string()]).transform((equals) => ({ equals })),
  nameKeys,
]);

const STATES = ['file', 'folder', 'absent', 'unchanged'] as const;

const expectationKeys = shape('what a file must be', {
  is: z.enum(STATES).exactOptional().meta({ description: 'file, folder, absent, or unchanged by the run.' }),
  text: textMatcher.exactOptional().meta({ description: 'What its text must be.' }),
  json: template.exactOptional().meta({ description: 'It is JSON and equals this; key order does not matter.' }),
  jsonHas: template.exactOptional().meta({ description: 'It is JSON with at least these members.' }),
  holds: nameMatcher.exactOptional().meta({ description: 'Names in the folder.' }),
  sameAs: workPath.exactOptional().meta({ description: 'Byte for byte what this file was before the run.' }),
  size: template.exactOptional().meta({ description: 'How many bytes it has.' }),
}).refine((keys) => Object.keys(keys).length > 0, {
  error: schemaMessage(
    'nothing says what the file must be',
    'Give it `text`, `json`, `jsonHas`, `holds`, `sameAs` or `size`, or one of the words file, folder, absent, unchanged.',
  ),
});

/** The `files` kind. */
export const files = z.record(workPath, z.union([z.enum(STATES).transform((is) => ({ is })), expectationKeys]));
