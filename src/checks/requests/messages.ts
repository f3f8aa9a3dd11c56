import { catalogue } from '../../model/text.ts';

/** What is said of the requests that services got. */
export const messages = catalogue({
  what: 'requests to {name}',
  'what.header': 'header {header} of {request}',
  'what.body': 'body of {request}',
  none: 'none',
  differs: "The grader's server did not get the requests that the exercise asks for.",
  received: 'requests',
  'next.differs': 'Compare the two: method, path and query of each request.',
  'next.detail': 'Look at how the program makes this request: its headers and its body.',
  'cause.no-request': "No request came to the grader's server.",
  'cause.no-request.next': 'Is the request sent to the address that the program is given? Print it just before.',
  'hold.summary': 'Only {there} of {wanted} requests {was} there at the same time.',
  'hold.was': 'was',
  'hold.were': 'were',
  'hold.what': 'requests at the same time',
  'cause.one-after-the-other':
    'The program waits for one answer before it sends the next request. This server answers only when all {wanted} are there.',
  'cause.one-after-the-other.next':
    'Start all requests first, without await between them, and then wait for all of them: await Promise.all([…]).',
});
