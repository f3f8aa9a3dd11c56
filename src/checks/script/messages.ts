import { catalogue } from '../../model/text.ts';

/** What is said of programs of the course that look at a run. */
export const messages = catalogue({
  what: 'what the check saw',
  differs: 'The program ran, but not as the exercise asks.',
  next: 'Compare the two, change the program, and check again.',
  'next.told': 'Read the task again, change the program, and check again.',
  'broken.ended.time': 'it was still running after {seconds} s',
  'broken.ended.output': 'it printed too much',
  'broken.ended.memory': 'it used too much memory',
  'broken.ended.processes': 'it started too many processes',
  'broken.ended.disk': 'it wrote too much to the disk',
  'broken.ended.descriptors': 'it opened too many files or connections',
  'broken.ended.left': 'it was stopped',
  'broken.code': 'it ended with {how}',
  'broken.signal': 'signal {signal}',
  'broken.exit': 'exit code {code}',
  'broken.answer': 'it printed no answer that can be read: {got}',
  'broken.nothing': 'nothing',
  'broken.said': ' On stderr it said: {text}',
  broken: 'The check {file} of the course did not work: {what}.{said}',
  'broken.next': 'Tell the author of the course. Your program is not at fault.',
});
