import { catalogue } from '../model/text.ts';

/** What the engine says to a learner. */
export const messages = catalogue({
  'setup.missing': 'There is nothing to run yet.',
  'setup.binary': 'The file cannot be run.',
  'setup.empty': 'There is no code to run yet.',
  'setup.typescript': 'The file cannot be run by this Node.js.',
  'setup.typescript.cause': '{file} is TypeScript, and Node.js {version} does not run it.',
  'setup.typescript.next': 'Use Node.js 22.18 or later, which leaves the types out by itself, or write JavaScript.',
  'setup.unfit': 'The folder cannot be graded as it is.',
  'setup.missing.cause': 'There is no {wanted} in the folder.',
  'setup.missing.near': 'There is no {wanted} in the folder, but there is {near}.',
  'setup.missing.next': 'Put your program into a file named {wanted}.',
  'setup.missing.near.next': 'Rename {near} to {wanted}. The name must be the same to the letter.',
  'setup.binary.cause': '{file} is not a text file: it holds bytes that are not JavaScript.',
  'setup.binary.next': 'Save your program as plain text in UTF-8.',
  'setup.empty.cause': '{file} has no code in it yet.',
  'setup.empty.next': 'Write your program in {file}, save it, and check again.',
  'setup.unfit.next': 'Mend the folder, and check again.',
  'advice.leftovers':
    '{count} of its processes outlived the run and had to be ended. Let a program end what it starts.',
  'advice.connection':
    'Its connection to the database stayed open, so the program never ended by itself. Close it after the last operation: await client.close(), or await mongoose.disconnect().',
  'advice.changed': 'You changed {files}. These belong to the exercise; it was run with the original.',
  'broken.next': 'Run it again with --debug, and report what it says.',
  'database.start': 'The database server did not start. {reason}',
  'database.start.next': 'Try again; run node-tutor doctor if it happens again.',
  'database.address': 'The database at {uri} cannot be used: {reason}',
  'database.address.next': 'Start that server, or leave out --database: the tutor then uses its own.',
  'worker.died':
    'The process that graded this submission was ended from outside ({how}). Code in the submission may have killed it.',
  'worker.died.next': 'Grade it with a stronger isolation: --isolate strict.',
});
