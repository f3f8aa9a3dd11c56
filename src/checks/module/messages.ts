import { catalogue } from '../../model/text.ts';

/** What the `module` kind says to a learner. */
export const moduleMessages = catalogue({
  'what.returned': 'returned value',
  'what.resolved': 'resolved value',
  'what.value': 'value',
  'what.exports': 'exports',
  'what.object': 'object',
  'what.error': 'error',
  'what.message': 'message of the error',
  'what.keys': 'names',
  'what.calls': 'calls',
  'a-type': 'of type {type}',
  'a-class': 'an object of the class {name}',
  'an-error': 'an error',
  'no-error': 'no error, but {value}',
  'never-called': 'not called at all',
  times: 'called {count} times',

  differs: '{code} ran, but not as the exercise asks. What differs: {what}.',
  'differs.calls': 'The calls of {name} are not as the exercise asks.',
  threw: '{code} threw an error: {message}',
  'import.threw': '{path} could not be imported: {message}',
  'rejected.instead': '{code} was rejected: {message}',
  missing: 'There is no {at}.',
  'missing.handle': '{at} is not there, because an earlier step did not give it.',
  'unfit.call': '{code} cannot be called: it is {value}, not a function.',
  'unfit.new': '{code} cannot be made: it is {value}, not a class.',
  'unfit.on': '{code} has no method on: it is {value}, not an EventEmitter.',
  'unfit.emit': '{code} has no method emit: it is {value}, not an EventEmitter.',
  'unfit.await': '{code} gave {value}, not a promise.',
  never: 'The promise of {code} is never settled: nothing is left that could settle it.',
  'never.import': '{path} is never done loading: it awaits something that never comes.',
  'ended.exit': 'The program ended with exit code {code} while {what}.',
  'ended.signal': 'The program was ended by {signal} while {what}.',
  'ended.time': 'The program was still running after {seconds} s, while {what}, and was stopped.',
  'ended.output': 'The program printed far more than this exercise needs, while {what}, and was stopped.',
  'ended.memory': 'The program used more memory than it is allowed, while {what}, and was stopped.',
  'while.import': '{path} was being imported',
  'while.step': '{code} was running',

  'next.compare': 'Try these lines yourself in a file beside yours, print the value, and compare.',
  'next.missing': 'Export it under just this name.',

  'cause.process-exit': 'The code ends the whole process. A module that others import must not do that.',
  'cause.process-exit.next': 'Take process.exit out of {file}. Return a value or throw an error instead.',
  'cause.module-not-found': 'There is no {path} in the folder.',
  'cause.module-not-found.next': 'Put the module into a file of just this name.',
  'cause.module-not-found.near': 'There is no {path} in the folder, but there is {near}.',
  'cause.module-not-found.near.next': 'Rename {near} to {path}. The name must be the same to the letter.',
  'cause.import-time':
    'Importing this file never comes to an end: it has a loop, or waits for something, at its top level.',
  'cause.import-time.next': 'A module defines and exports. Put what takes long into a function.',
  'cause.never-settles': 'Neither resolve nor reject is ever called for this promise.',
  'cause.never-settles.next':
    'Call resolve with the result, or reject with the error, on every way through the function.',
  'cause.promise-returned': 'It returns a Promise, not the value: the value comes later.',
  'cause.promise-returned.next':
    'Return the value itself. Where an async function is called, put await in front of the call; without any waiting, leave async out.',
  'cause.no-promise': 'It returns the value at once, not a Promise for it.',
  'cause.no-promise.next': 'Make it an async function, or return a new Promise.',
  'cause.printed-instead': 'It prints the value, but does not return it.',
  'cause.printed-instead.next': 'Write return in front of the value instead of printing it.',
  'cause.nothing-returned': 'It returns nothing, so that undefined comes out.',
  'cause.nothing-returned.next': 'Write return in front of the result.',
  'cause.callback-never-called': 'The callback is never called.',
  'cause.callback-never-called.next': 'Call it when the result is there: callback(null, result).',
  'cause.listener-never-called': 'The listener is never called.',
  'cause.listener-never-called.next':
    'Look at what happens before, line by line: who calls it, and is it still known there?',
  'cause.callback-twice': 'The callback is called {count} times instead of {wanted}.',
  'cause.callback-twice.next':
    'Write return in front of callback(…), so that the code after it does not call it again.',
  'cause.callback-order': 'The result stands in the place of the error: a callback takes the error first.',
  'cause.callback-order.next': 'Call callback(null, result) when all went well, and callback(error) when not.',
});

export type ModuleSay = ReturnType<typeof moduleMessages>;
