import * as z from 'zod';
import { schemaMessage } from '../issues.ts';
import { formatVersion, id, language, shape, text } from './basics.ts';

const VERSION_PATTERN = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** `course.yaml`. */
export const courseSchema = shape('a course', {
  formatVersion,
  id: id.meta({ description: 'Stands in verdicts and progress files; stable.' }),
  version: z
    .string()
    .regex(VERSION_PATTERN, { error: schemaMessage('not a version', 'Three numbers in quotes: "1.0.0".') })
    .exactOptional()
    .meta({ description: 'Default: the version in the package.json beside it.' }),
  title: text,
  languages: z
    .array(language)
    .min(1)
    .default(['en'])
    .meta({ description: 'Languages that texts exist in; English first.' }),
  tracks: z
    .array(
      shape('a track', {
        id: id.meta({ description: 'Its lessons lie in lessons/<number>-<id>/.' }),
        title: text,
        summary: text.exactOptional(),
      }),
    )
    .min(1)
    .meta({ description: 'In the order in which they are learned.' }),
});

export type CourseManifest = z.output<typeof courseSchema>;
