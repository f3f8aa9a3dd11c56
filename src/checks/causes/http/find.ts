import type { CheckContext } from '../../../model/context.ts';
import { suggest } from '../../../model/suggest.ts';
import type { FailedExchange } from '../../http/explain.ts';
import { readPrintedError } from '../error-output.ts';
import { type Found, found } from '../found.ts';
import { findErrorCause, headline } from '../load-causes.ts';
import { silentWorker } from '../process-causes.ts';
import { findTextCause } from '../text-causes.ts';
import { fieldName, formNames, noBodyParser } from './body-causes.ts';
import { etag } from './cache-causes.ts';
import { listeningInPrimary, noExitHandler, onePid } from './cluster-causes.ts';
import { defaultErrorPage } from './default-page.ts';
import { formMethod, noRedirect, textareaValue } from './form-causes.ts';
import { type Investigation, investigate } from './investigation.ts';
import { errorHandlerAbove, isHandled, looseRejection, middlewareBelow } from './middleware-causes.ts';
import {
  acceptedAnyway,
  dataError,
  droppedField,
  noDatabase,
  queryNotAwaited,
  queryNotRun,
  requiredUnset,
} from './mongoose-causes.ts';
import { paramNumber } from './param-number.ts';
import {
  blocking,
  closeCall,
  cutLetters,
  isPlain,
  neverEnded,
  notExpress,
  notText,
  serverClosed,
} from './plain-causes.ts';
import { headerCase, joinedText, jsonAsText, lateStatus, paramName, redirectArguments } from './request-causes.ts';
import {
  errorMiddleware,
  missingNext,
  noId,
  noMethodOverride,
  nothingChanged,
  otherItem,
  routeOrder,
  sentNumber,
  unescaped,
} from './route-causes.ts';
import { publicInAddress, staticCall, staticFolder, unservedFile } from './static-causes.ts';
import { templateSyntax, templateTags } from './template-causes.ts';
import { tls } from './tls-causes.ts';
import { upload } from './upload-causes.ts';
import { freshId, unknownItem, viewError } from './view-causes.ts';

type Finder = (investigation: Investigation) => Found | undefined | Promise<Found | undefined>;

/** In this order: what an error says, then what the source says, then what the answer's text says. */
const FINDERS: readonly Finder[] = [
  tls,
  sentTwice,
  noDatabase,
  missingNext,
  listeningInPrimary,
  onePid,
  noExitHandler,
  workerSilent,
  neverEnded,
  neverAnswered,
  notExpress,
  notText,
  blocking,
  cutLetters,
  serverClosed,
  upload,
  noBodyParser,
  dataError,
  requiredUnset,
  acceptedAnyway,
  queryNotAwaited,
  looseRejection,
  errorMiddleware,
  staticCall,
  errorHandlerAbove,
  middlewareBelow,
  templateSyntax,
  viewError,
  missingItem,
  redirectArguments,
  staticFolder,
  serverError,
  publicInAddress,
  unservedFile,
  noMethodOverride,
  noId,
  freshId,
  paramNumber,
  routeOrder,
  noRoute,
  defaultErrorPage,
  sentNumber,
  noRedirect,
  etag,
  paramName,
  joinedText,
  headerCase,
  lateStatus,
  jsonAsText,
  queryNotRun,
  droppedField,
  formNames,
  formMethod,
  textareaValue,
  fieldName,
  templateTags,
  nothingChanged,
  unescaped,
  otherItem,
  bodyText,
];

/** The likeliest cause of a failed exchange with a server, or undefined when none is known by name. */
export async function findHttpCause(failed: FailedExchange, context: CheckContext): Promise<Found | undefined> {
  const investigation = await investigate(failed, context);
  if (!failed.server.up) return notListening(investigation);
  for (const find of FINDERS) {
    const cause = await find(investigation);
    if (cause) return cause;
  }
  return undefined;
}

async function notListening(investigation: Investigation): Promise<Found> {
  const { failed, context, code, say, error } = investigation;
  const { server, stderr } = failed;
  const outcome = server.up ? undefined : server.outcome;
  const printed = outcome && outcome.exitCode !== 0 ? await error() : undefined;
  if (printed && /argument handler must be a function|requires a middleware function/.test(printed.message)) {
    return found('no-handler', say('cause.no-handler'), {
      next: say('cause.no-handler.next'),
      location: printed.location,
    });
  }
  const port = /EADDRINUSE.*?:(\d+)$/m.exec(printed?.message ?? '')?.[1];
  if (port !== undefined) {
    return found('port-in-use', say('cause.port-in-use', { port }), {
      next: say('cause.port-in-use.next'),
      location: printed?.location,
    });
  }
  if (printed) return findErrorCause(printed, { stderr, context, say });
  const silent = await noDatabase(investigation);
  if (silent) return silent;
  if (outcome?.reports.some(({ type }) => type === 'listening')) {
    return (
      closeCall(code, say) ??
      found('ended-early', say('cause.ended-early', { code: outcome.exitCode ?? 'none' }), {
        next: say('cause.ended-early.next'),
      })
    );
  }
  const isAlive = outcome?.ended === 'time' || outcome?.ended === 'left';
  return found('not-listening', say(isAlive ? 'cause.not-listening.alive' : 'cause.not-listening'), {
    next: say('cause.not-listening.next', { file: context.entry, server: isPlain(code) ? 'server' : 'app' }),
  });
}

async function sentTwice({ failed, context, asked, say }: Investigation): Promise<Found | undefined> {
  const isOnlyLate = failed.exchange.kind === 'answer' && failed.differences.length === 0 && !failed.isDown;
  const isSeen = failed.stderr.includes('ERR_HTTP_HEADERS_SENT');
  if (!isSeen && !isOnlyLate) return undefined;
  const error = isSeen ? await readPrintedError(failed.stderr, context.submission) : asked.route;
  return found('sent-twice', say('cause.sent-twice'), {
    next: say('cause.sent-twice.next'),
    location: error?.location,
  });
}

/** The answer waits for a worker that never sends its result. */
function workerSilent({ failed, code, say }: Investigation): Found | undefined {
  const location = failed.exchange.kind === 'no-answer' ? silentWorker(code.files) : undefined;
  if (location === undefined) return undefined;
  return found('no-post-message', say('cause.no-post-message'), { next: say('cause.no-post-message.next'), location });
}

function neverAnswered({ failed, asked, say }: Investigation): Found | undefined {
  if (failed.exchange.kind !== 'no-answer') return undefined;
  const { route } = asked;
  const text = route
    ? say('cause.never-answered', { route: `${route.method} ${route.path}` })
    : say('cause.never-answered.unknown');
  return found('never-answered', text, { next: say('cause.never-answered.next'), location: route?.location });
}

/** The error of a handler, where the request failed because of it. */
async function thrown({ failed, error }: Investigation) {
  const { exchange } = failed;
  const isError =
    failed.isDown || exchange.kind === 'closed' || (exchange.kind === 'answer' && exchange.answer.status >= 500);
  return isError ? error() : undefined;
}

/** A 404 was wanted, and the handler used what it had not found. */
async function missingItem(investigation: Investigation): Promise<Found | undefined> {
  const { failed, say } = investigation;
  const wanted = failed.differences.find(({ what, expected }) => what === 'status' && expected.startsWith('4'));
  const printed = wanted ? await thrown(investigation) : undefined;
  if (
    printed === undefined ||
    !/of (?:undefined|null)\b|is (?:undefined|null)|as it is undefined/.test(printed.message)
  )
    return undefined;
  const status = /^4\d\d$/.test(wanted?.expected ?? '') ? wanted?.expected : undefined;
  return unknownItem({ say, status, location: printed.location });
}

async function serverError(investigation: Investigation): Promise<Found | undefined> {
  const { failed, say } = investigation;
  const printed = await thrown(investigation);
  if (!printed || isHandled(investigation)) return undefined;
  const isDown = failed.isDown || failed.exchange.kind === 'closed';
  const text = say(isDown ? 'cause.server-crashed' : 'cause.server-error', { message: headline(printed) });
  const rest = { next: say('cause.server-error.next'), location: printed.location };
  return found(isDown ? 'crashed' : 'server-error', text, rest);
}

function noRoute({ failed, code, say }: Investigation): Found | undefined {
  const { exchange, request } = failed;
  if (exchange.kind !== 'answer' || exchange.answer.status !== 404) return undefined;
  const path = request.target.split('?')[0] ?? '/';
  if (!exchange.answer.body.includes(`Cannot ${request.method} ${path}`)) return undefined;
  const isOwn = failed.differences.some(({ what }) => what === 'body' || what === 'content type');
  if (failed.differences.every(({ what }) => what !== 'status')) {
    if (!isOwn) return undefined;
    const parameters = { request: `${request.method} ${path}` };
    return found('no-catch-all', say('cause.no-catch-all', parameters), { next: say('cause.no-catch-all.next') });
  }
  const routes = code.registrations
    .filter(({ method, path: literal }) => method !== 'USE' && literal !== undefined)
    .map((one) => ({ name: `${one.method} ${one.path}`, location: one.location }));
  const route = `${request.method} ${path}`;
  const near = suggest(
    route,
    routes.map(({ name }) => name),
  )[0];
  const location = routes.find(({ name }) => name === near)?.location;
  const key = near ? 'cause.no-route.near' : 'cause.no-route';
  return found('no-route', say(key, { route, near: near ?? '' }), { next: say(`${key}.next`, { route }), location });
}

function bodyText({ failed, say }: Investigation): Found | undefined {
  const body = failed.differences.find(({ what }) => what === 'body' || what === say('html.text'));
  return body && findTextCause(body, say);
}
