import * as z from 'zod';
import type { MadeFile } from '../../model/files.ts';
import { schemaMessage } from '../issues.ts';
import { isInnerPath, shape, size } from './basics.ts';
import { template } from './template.ts';

/** A path in the work folder, which may hold templates. */
export const workPath = z
  .string()
  .min(1)
  .max(200)
  .refine((path) => isInnerPath(path.replace(/\{\{.*?\}\}/g, 'x')) && path.split('/')[0] !== 'node_modules', {
    error: schemaMessage(
      'not a path in the work folder',
      'A relative path with `/` between its parts, without `..`, and not in node_modules.',
    ),
  });

const count = z.union([z.int().min(0).max(50_000_000), z.string().regex(/^\{\{.*\}\}$/)]);

const madeKeys = shape('a file', {
  json: template.exactOptional().meta({ description: 'This data as JSON.' }),
  base64: z.base64().exactOptional().meta({ description: 'These bytes.' }),
  lines: count.exactOptional().meta({ description: 'So many lines, each ended by a line feed.' }),
  line: template.exactOptional().meta({ description: 'Text of every line; default: line 1, line 2, …' }),
  size: size.exactOptional().meta({
    description: 'Size of the file, such as 200MB: of its lines together, or of bytes that look random.',
  }),
})
  .refine((keys) => ['json', 'base64', 'lines', 'size'].some((key) => key in keys), {
    error: schemaMessage('nothing says what is in the file', 'Give it `json`, `base64`, `lines` or `size`.'),
  })
  .transform((keys): MadeFile => {
    const { json, base64, lines, line, size: bytes } = keys;
    if (json !== undefined) return { json };
    if (base64 !== undefined) return { base64 };
    if (lines === undefined) return { size: bytes ?? 0 };
    return { lines, ...(line !== undefined && { line }), ...(bytes !== undefined && { size: bytes }) };
  });

/** Keys with which a check says what stands in the work folder before its run. */
export const workInputKeys = {
  files: z
    .record(workPath, z.union([z.string().transform((text): MadeFile => ({ text })), madeKeys]))
    .exactOptional()
    .meta({ description: 'Files put into the work folder before the run: text by path, or how the content is made.' }),
  folders: z
    .array(workPath)
    .exactOptional()
    .meta({ description: 'Empty folders made in the work folder before the run.' }),
  cwd: workPath.exactOptional().meta({ description: 'Folder that it is started in; default: the work folder.' }),
};
