import * as z from 'zod';
import { schemaMessage } from '../issues.ts';
import { id, shape, shown } from './basics.ts';

const sentence = shown(2_000);

/** The front matter of a lesson. */
export const lessonSchema = shape('a lesson', {
  id: id.meta({ description: "The file's name without its number." }),
  title: sentence.meta({ description: "One line, in the file's language." }),
  exercises: z.array(id).exactOptional().meta({ description: 'Ids of the exercises that belong to it, in order.' }),
});

/** One question of a quiz block; `answer` counts from 1 in the file, from 0 afterwards. */
const question = shape('a question', {
  ask: sentence,
  choices: z.array(sentence).min(2).max(6),
  answer: z.int().min(1),
  why: sentence,
})
  .refine(({ choices, answer }) => answer <= choices.length, {
    path: ['answer'],
    error: schemaMessage('there is no choice with this number', 'The first choice is 1.'),
  })
  .transform(({ answer, ...rest }) => ({ ...rest, answer: answer - 1 }));

/** A quiz block: a list of questions. */
export const quizSchema = z.array(question).min(1).max(10);
