/** What learners are told of the causes of programs that start processes and threads. */
export const PROCESS_TEXTS = {
  'cause.child-returned':
    '{call} returns at once, before the child has printed anything. {name} is the child process, not its output.',
  'cause.child-returned.next':
    'Use the output where it arrives: in the callback of {call}, or in the events of child.stdout.',
  'cause.shell-injection':
    'A shell reads this command, and takes signs in the argument, such as ; & or quotes, for a part of it.',
  'cause.shell-injection.words': 'A shell reads this command, and cuts the argument at its blanks.',
  'cause.shell-injection.next':
    'Leave the shell out: execFile or spawn, with the arguments as a list and without the option shell.',
  'cause.max-buffer':
    'The child printed more than this call takes (maxBuffer, a megabyte by default), so Node.js ended the child.',
  'cause.max-buffer.next': 'Use spawn, which has no such limit, and print what comes while it comes.',
  'cause.output-collected': 'This call gives the output when the child has ended, not while it comes.',
  'cause.output-collected.spawn': 'The output of the child is kept, and printed when the child has ended.',
  'cause.output-collected.next': 'Use spawn, and print in the events of child.stdout.',
  'cause.no-process-send': 'This process gets messages, but it never sends one back.',
  'cause.no-process-send.next': 'Answer with process.send({ … }) in the listener of the event message.',
  'cause.no-post-message': 'The worker does its work, but it never sends the result.',
  'cause.no-post-message.next': 'Send it with parentPort.postMessage(result). What a worker returns goes nowhere.',
} as const;
