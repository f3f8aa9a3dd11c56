import * as z from 'zod';
import type { DatabaseSpec, MongoSpec } from '../../model/mongo.ts';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';
import { template } from './template.ts';

const NAME = /^[A-Za-z][\w-]*$/;
const name = z
  .string()
  .max(60)
  .regex(NAME, {
    error: schemaMessage('not the name of a database or collection', 'Letters, digits, `-` and `_`: `posts`.'),
  });

/** `database` of an exercise. */
export const database: z.ZodType<DatabaseSpec, unknown> = shape('the database', {
  name: name.default('test').meta({ description: 'Database of MONGODB_URI and of the seed. Default test.' }),
  seed: z
    .record(name, template)
    .default({})
    .meta({ description: 'Documents by collection that are there before every run: a list, or a template.' }),
});

const index = shape('an index', {
  key: z.record(z.string(), z.union([z.int(), z.string()])).meta({ description: 'Fields with 1 or -1.' }),
  unique: z.boolean().exactOptional().meta({ description: 'Whether it keeps values apart.' }),
});

const look = shape('a look at a collection', {
  collection: name.meta({ description: 'The collection, in whichever database the run used.' }),
  database: name.exactOptional().meta({ description: 'Only in this database.' }),
  where: template.exactOptional().meta({ description: 'A filter: only these documents are looked at.' }),
  count: template.exactOptional().meta({ description: 'How many there are.' }),
  has: z
    .array(template)
    .exactOptional()
    .meta({ description: 'Filters, each of which a document of its own matches: values, or operators as in a query.' }),
  only: z.array(template).exactOptional().meta({ description: 'Like `has`, and there is no other document.' }),
  unchanged: z.boolean().exactOptional().meta({ description: 'true: the seed’s documents are as they were.' }),
  indexes: z.array(index).exactOptional().meta({ description: 'Indexes that the collection has at least.' }),
  refuses: z.array(template).exactOptional().meta({ description: 'Documents that its validator refuses.' }),
  absent: z.boolean().exactOptional().meta({ description: 'true: there is no such collection, or it is empty.' }),
}).refine((keys) => Object.keys(keys).some((key) => !['collection', 'database', 'where'].includes(key)), {
  error: schemaMessage(
    'nothing says what the collection must be',
    'Give it `count`, `has`, `only`, `unchanged`, `indexes`, `refuses` or `absent`.',
  ),
});

/** The `mongo` kind: one collection, or several in turn. */
export const mongo: z.ZodType<MongoSpec, unknown> = z.union([
  z.array(look).min(1).max(20),
  look.transform((one) => [one]),
]);
