import { catalogue } from '../model/text.ts';

/** What the checks say to a learner. */
export const messages = catalogue({
  'program.differs': 'The program ran, but not as the exercise asks. What differs: {what}.',
  'program.error': 'The program stopped with an error.',
  'ended.exit': 'The program ended.',
  'ended.time': 'The program was still running after {seconds} s and was stopped.',
  'ended.output': 'The program printed far more than this exercise needs and was stopped.',
  'ended.memory': 'The program used more memory than it is allowed and was stopped.',
  'ended.processes': 'The program started more processes than it is allowed and was stopped.',
  'ended.left': 'The program was stopped.',
  'next.compare': 'Compare the two, change the program, and check again.',

  'cause.time': 'It never came to its end: its code is still busy, most likely in a loop that goes on for ever.',
  'cause.time.next': 'Find the loop, and make its condition false at some point.',
  'cause.still-alive': 'All of its code has run, but {what} keeps it alive, so it never ends.',
  'cause.still-alive.timer': 'a timer',
  'cause.still-alive.timer.next': 'Stop the timer when it has done its work: clearInterval or clearTimeout.',
  'cause.still-alive.server': 'a server that listens',
  'cause.still-alive.server.next': 'Close the server when it is no longer needed: server.close().',
  'cause.still-alive.socket': 'an open connection',
  'cause.still-alive.socket.next': 'Close the connection when you are done with it: end(), close() or disconnect().',
  'cause.still-alive.child': 'a child process that still runs',
  'cause.still-alive.child.next':
    'End the child, or close its stdin, so that it can come to its end: child.stdin.end().',
  'cause.still-alive.watcher': 'a watcher of files',
  'cause.still-alive.watcher.next': 'Close the watcher when it is no longer needed: watcher.close().',
  'cause.still-alive.worker': 'a worker thread',
  'cause.still-alive.worker.next':
    'End the thread with worker.terminate(), or close its port, so that it can end by itself.',
  'cause.still-alive.other': 'something that it opened',
  'cause.still-alive.other.next': 'Close what you opened when it is no longer needed.',
  'cause.still-alive.immediate': 'a callback that schedules itself again and again',
  'cause.still-alive.immediate.next': 'Schedule it again only while there is something left to do.',
  'cause.processes': 'It starts one process after the other.',
  'cause.processes.next': 'Find the loop or the callback that starts a process, and make it stop at some point.',
  'cause.output': 'A loop prints again and again.',
  'cause.output.next': 'Find the loop that prints, and make its condition false at some point.',
  'cause.memory': 'It keeps more and more data in memory.',
  'cause.memory.next': 'Find the array, string or map that grows in a loop, and make the loop end.',

  'cause.syntax-error': 'Node.js cannot read this line: {message}.',
  'cause.syntax-error.next':
    'Look at the marked place and just before it for a bracket, quote or comma that is missing or too much.',
  'cause.module-kind.import': 'This file uses import or export, but Node.js reads it as a CommonJS module.',
  'cause.module-kind.import.next': 'Name the file .mjs, or put "type": "module" into the package.json beside it.',
  'cause.module-kind.require': 'This file uses require or module.exports, but Node.js reads it as an ES module.',
  'cause.module-kind.require.next': 'Write import and export here, or name the file .cjs.',
  'cause.module-not-found.file': 'There is no file {path}.',
  'cause.module-not-found.near': 'There is no file {path}, but there is {near}.',
  'cause.module-not-found.near.next': 'Write the path as {near}. ES modules need the file extension too.',
  'cause.module-not-found.file.next':
    'Look at the path: it counts from the folder of the file that imports it, and starts with ./ or ../',
  'cause.module-not-found.package': 'The package {path} is not there for this exercise.',
  'cause.module-not-found.package.next': 'Check its spelling. For a file of your own, start the path with ./',
  'cause.missing-export': '{path} has no export named {name}.',
  'cause.missing-export.default': '{path} has no default export.',
  'cause.missing-export.default.next':
    'Import what it exports by name, in braces: import { name } from that file. Or give it an export default.',
  'cause.missing-export.next': 'Write export before {name} in {path}, or import it by the name that the file exports.',
  'cause.route-path': 'Express 5 cannot read {path} as the path of a route.',
  'cause.route-path.star.next': "A wildcard has a name: write '/{*rest}' for any path, or app.use(…) after all routes.",
  'cause.route-path.query.next': 'What follows the ? is no part of a path. Leave it out, and read it from req.query.',
  'cause.route-path.other.next': 'Write each variable part as :name, and no other special characters.',
  'cause.crashed': 'The program stopped with an error that nothing caught: {message}',
  'cause.crashed.next': 'Look at the marked line. Which value is not what you took it for? Print it just before.',

  'cause.wrong-stream.stdout': 'The text is right, but it went to stderr.',
  'cause.wrong-stream.stdout.next':
    'Print results with console.log. console.error is for messages about what went wrong.',
  'cause.wrong-stream.stderr': 'The message is right, but it went to stdout.',
  'cause.wrong-stream.stderr.next': 'Print messages about what went wrong with console.error.',
  'cause.exit-code-lost': 'The message is right, but the program ends with exit code 0, which means success.',
  'cause.exit-code-lost.next': 'Set process.exitCode = {code} after the message, or call process.exit({code}).',
  'cause.exit-code-lost.overwritten': 'The exit code was set before, but here it becomes 0 again, which means success.',
  'cause.exit-code-lost.overwritten.next':
    'Let this line run only when all went well, so that the exit code stays {code}.',
  'cause.exit-too-early':
    'process.exit() ends the program at once: what would be printed after it, or in a callback that has yet to run, is lost.',
  'cause.exit-too-early.next':
    'Set process.exitCode instead and let the program come to its end, or call process.exit() after the last output.',
  'cause.missing-semicolon':
    'Line {line} begins with {sign}, so JavaScript reads it as a part of this line, which has no semicolon.',
  'cause.missing-semicolon.next': 'End line {line} with a semicolon.',
  'cause.callback-undefined': '{name} is not a function: the call gave no function for it.',
  'cause.callback-undefined.named': '{name} is not a function: the call of {function} gave no function for it.',
  'cause.callback-undefined.next':
    'Give a function for {name} where it is called, in the right place among the arguments.',
  'cause.callback-undefined.node':
    'This call needs a function as its last argument, which is called when the result is there.',
  'cause.callback-undefined.node.next':
    'Give it a callback, (error, result) => { … }, or use the function of the same name with promises and await it.',
  'cause.outside-callback':
    '{name} is read here before the callback that begins in line {line} has run, so it has no result yet.',
  'cause.outside-callback.next': 'Move what uses {name} into that callback.',
  'cause.outside-callback.returned':
    'A function with a callback hands its result to the callback; what it returns, and {name} holds, is undefined.',
  'cause.outside-callback.returned.next': 'Use the result inside the callback, where it is a parameter.',
  'cause.await-missing': 'A promise was printed, and not the value that it brings.',
  'cause.await-missing.next':
    'Write await before the call, in an async function or at the top of an ES module; or print in .then(…).',
  'cause.unhandled-rejection':
    'A promise was rejected, and nothing caught that, so Node.js ended the program: {message}',
  'cause.unhandled-rejection.next':
    'Put try and catch around the await, or .catch(…) at the end of the promise, and handle the error there.',
  'cause.argv-text': 'Arguments arrive as text, and + joins text.',
  'cause.argv-text.label': 'text + text',
  'cause.argv-text.next': 'Turn each argument into a number before you add it.',
  'cause.nothing-printed': 'The program printed nothing.',
  'cause.nothing-printed.next': 'Print the result with console.log.',
  'cause.undefined-printed': 'The output holds {word} where a value should be.',
  'cause.undefined-printed.next':
    'Find which variable is {word}. Is it spelled the same everywhere, and set before it is used?',
  'cause.undefined-printed.nan': 'The output holds NaN: something that is not a number was calculated with.',
  'cause.undefined-printed.nan.next':
    'Find which value is not a number. Test it with Number.isNaN, and stop before you calculate with it.',
  'cause.only-white-space': 'Only white space differs: {detail}.',
  'cause.only-white-space.next': 'Make the blanks, tabs and line breaks as shown.',
  'cause.only-case': 'Only capital and small letters differ.',
  'cause.only-case.next': 'Write each letter as shown, capital or small.',

  'files.differs': 'The program ran, but {path} is not as the exercise asks.',
  'files.absent': 'nothing there',
  'files.file': 'a file',
  'files.folder': 'a folder',
  'files.link': 'a symbolic link, which is not followed',
  'files.special': 'neither a file nor a folder',
  'files.unreadable': 'something that cannot be read ({reason})',
  'files.bytes-of': 'the bytes that {path} had before',
  'files.other-bytes': '{size} bytes, different from byte {at} on',
  'files.next': 'Run the program yourself, look at {path}, and compare.',
  'cause.file-elsewhere': 'There is no {path}, but the program made {other}.',
  'cause.file-elsewhere.next':
    'Compare the two paths. A relative path counts from the folder that the program is started in.',

  'http.no-answer': 'No answer came within {seconds} s.',
  'http.unfinished': 'An answer began, but did not end within {seconds} s.',
  'http.before': 'before it',
  'http.answer': 'answer',
  'http.order': 'order of the answers',
  'http.closed': 'The server closed the connection without an answer.',
  'http.broken': 'The answer was not HTTP: {message}.',
  'http.too-big': 'The answer was larger than {megabytes} MB and was cut off.',
  'http.differs': 'An answer came, but not as the exercise asks. What differs: {what}.',
  'http.sent-twice': 'The answer came, but the server then tried to answer once more.',
  'http.not-started': 'The server never listened on a port.',
  'cause.not-listening': 'The program ended without listening on a port.',
  'cause.not-listening.alive': 'The program runs, but it does not listen on a port.',
  'cause.not-listening.next': 'Call app.listen(3000) at the end of {file}.',
  'cause.never-answered': 'The code for {route} runs, but it never sends an answer.',
  'cause.never-answered.unknown': 'No code of yours answered this request.',
  'cause.never-answered.next':
    'End every path through the handler with res.send, res.json, res.render or res.redirect.',
  'cause.sent-twice': 'One request gets one answer. Here a second one was sent after the first.',
  'cause.sent-twice.next':
    'Send once: put return before the first one, so that the code after it does not run, or join both into one answer.',
  'cause.no-route': 'No route of your app matches {route}.',
  'cause.no-route.near': 'No route of your app matches {route}, but there is one for {near}.',
  'cause.no-route.next': 'Add a route for {route}.',
  'cause.no-route.near.next': 'Compare the two, letter by letter, and the method as well.',
  'cause.server-error': 'The handler threw an error: {message}',
  'cause.server-error.next': 'Look at the marked line. Which value is not what you took it for? Print it just before.',
  'cause.server-crashed': 'The server went down with an error that nothing caught: {message}',
  'next.request': 'Send the request yourself with the line below, and compare.',
});

export type CheckSay = ReturnType<typeof messages>;
