/** What learners are told of the causes of programs, modules and commands. */
export const CAUSE_TEXTS = {
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
    'Let the child come to its end: child.stdin.end() closes its input, child.disconnect() the channel of a fork.',
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
  'cause.whole-file-in-memory.read':
    '{name} reads the whole file into memory before your code sees the first byte of it.',
  'cause.whole-file-in-memory.read.next':
    'Read it as a stream: fs.createReadStream(file). Then only a chunk of 64 KiB is in memory at a time.',
  'cause.whole-file-in-memory.collect': 'Each chunk is kept here, so that in the end the whole file is in memory.',
  'cause.whole-file-in-memory.collect.next':
    'Take from each chunk what you need, such as a count, and let the chunk go.',
  'cause.backpressure-ignored':
    'What write() returns is thrown away. False means that the buffer is full; whatever is written on top of it waits in memory.',
  'cause.backpressure-ignored.next':
    "When write() returns false, wait before you write more: await once(stream, 'drain'). Or let pipeline(source, stream) do that.",
  'cause.write-after-end': 'A stream was ended with end(), and then written to once more.',
  'cause.write-after-end.next': 'Call end() once, when the last write() is done. Is one of the two in a callback?',
  'cause.stream-error-unheard':
    'A stream had an error, and nobody listens for it, so Node.js ended the program: {message}',
  'cause.stream-error-unheard.next':
    "Add .on('error', …) to this stream, or join your streams with pipeline, which hands on the error of each.",
  'cause.cut-character':
    'A chunk ends after any byte, also in the middle of a character. Each half alone is turned into the sign \ufffd.',
  'cause.cut-character.next':
    "Call setEncoding('utf8') on the stream that you read, or decode with a StringDecoder of node:string_decoder.",
  'cause.memory.peak.next': 'Find the list, text or buffer that grows, and let go of what is no longer needed.',
  'cause.no-json': 'What was to be read as JSON is none, and nothing caught the error: {message}',
  'cause.no-json.next': 'Put try and catch around the place that reads it, and say there what went wrong.',
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
  'cause.missing-export.add.next': 'Export {name} from {path}.',
  'cause.missing-export.near': '{path} has no export named {name}, but one named {near}.',
  'cause.missing-export.near.next': 'Name it {name}, to the letter.',
  'cause.exports-reassigned':
    '{file} gives exports a new value. What others get is module.exports, and that stays the empty object.',
  'cause.exports-reassigned.next': 'Write module.exports = … here, or exports.name = … for each member.',
  'cause.nothing-exported': '{file} exports nothing.',
  'cause.nothing-exported.next': 'Write module.exports = { {name} } at its end.',
  'cause.nothing-exported.whole.next': 'Write module.exports = … at its end, with the value that others get.',
  'cause.nothing-exported.esm.next': 'Write export in front of {name}.',
  'cause.default-export': '{file} has a default export, but none named {name}.',
  'cause.default-export.next': 'Write export in front of {name}, without default.',
  'cause.default-export.named': '{file} has no default export, only named ones: {names}.',
  'cause.default-export.named.next': 'Write export default in front of what the file is for.',
  'cause.json-import': 'An ES module must say that {file} is JSON when it imports it.',
  'cause.json-import.assert': 'The word assert behind an import is gone from Node.js; it is with now.',
  'cause.json-import.next': "Write: import data from './{file}' with { type: 'json' };",
  'cause.folder-import': 'An ES module cannot import the folder {folder}: it imports files only.',
  'cause.folder-import.next': 'Name the file: {folder}/index.js.',
  'cause.missing-index': '{path} is a folder, and there is no index.js in it.',
  'cause.missing-index.next': 'Put an index.js into that folder, which exports what the folder gives.',
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
  'cause.repl-error': 'Node.js answered one of the lines with an error: {message}',
  'cause.repl-error.next': 'Start node, type the lines of {file} one after the other, and see which one it is.',
  'cause.repl-unfinished': 'At the end of {file}, Node.js still waits for the rest of what was begun.',
  'cause.repl-unfinished.next': 'Look for a bracket or a backtick that was opened and not closed.',
  'cause.shell-error': 'mongosh answered one of the lines with an error: {message}',
  'cause.shell-error.next':
    'Look for that line in {file}. Start node-tutor mongosh, and type the lines one after the other.',
  'cause.shell-no-use': 'The session never went to the database {database}. It stayed in test, which is empty.',
  'cause.shell-no-use.next': 'Write use {database} on a line of its own, before you ask for anything in it.',
  'cause.shell-unfinished': 'At the end of {file}, mongosh still waits for the rest of what was begun.',
  'cause.shell-unfinished.next': 'Look for a bracket or a brace that was opened and not closed.',
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
  'cause.file-elsewhere': 'There is no {path}, but the program made {other}.',
  'cause.file-elsewhere.next':
    'Compare the two paths. A relative path counts from the folder that the program is started in.',
  'cause.pem-text': 'key or cert is no PEM text: the name of a file instead of its content, or the two are swapped.',
  'cause.pem-text.next': "Read both files: { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') }.",
  'cause.missing-script': 'There is no script {script} in package.json.',
  'cause.missing-script.next': 'Add "{script}" under "scripts" in package.json.',
  'cause.package-json': '{file} is not valid JSON.',
  'cause.package-json.next': 'Look for a comma or a quote that is missing or too much. JSON has no comments.',
  'cause.not-local': 'npm looked for {name} on the internet. It should come from a folder.',
  'cause.not-local.next': 'Install it by its path: npm install ./folder. package.json then says file:folder.',
  'cause.no-package': 'The folder {name} has no package.json, or is not there.',
  'cause.no-package.next': 'Look at the path in package.json: it counts from the folder of that file.',
  'cause.silent-include': '<% runs the include and writes nothing.',
} as const;
