import { argsOf, type Directive, nameOf, parseConfig, walk } from './config.ts';

/** A learner's configuration, made fit to run within the grader's own. */
export interface FitConfig {
  /** What belongs into the grader's `http { … }`, each directive on the line that it had. `@PORT0@` and so on stand for free ports. */
  text: string;
  /** The ports that it asks for, in order. */
  ports: readonly string[];
}

/** Why a configuration is not run, and where. */
export interface Unfit {
  reason: 'unclosed' | 'unopened' | 'unended' | 'quote' | 'directive' | 'path' | 'upstream' | 'listen' | 'no-server';
  /** The word that it is about. */
  word: string;
  at: number;
}

/** Directives that read or write nothing but the folder of the run. */
const KNOWN = new Set(
  `server location listen server_name root alias index try_files upstream keepalive least_conn ip_hash hash random return
  rewrite rewrite_log if set break map geo split_clients types default_type error_page internal add_header expires etag charset
  proxy_pass proxy_set_header proxy_http_version proxy_redirect proxy_buffering proxy_buffers proxy_buffer_size
  proxy_busy_buffers_size proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_cache_bypass proxy_no_cache
  proxy_hide_header proxy_pass_header proxy_pass_request_headers proxy_pass_request_body proxy_next_upstream
  proxy_next_upstream_tries proxy_request_buffering proxy_intercept_errors proxy_ignore_headers proxy_cookie_path
  proxy_cookie_domain proxy_method sendfile tcp_nopush tcp_nodelay keepalive_timeout keepalive_requests client_max_body_size
  client_body_timeout client_header_timeout client_body_buffer_size client_header_buffer_size large_client_header_buffers
  send_timeout server_tokens gzip gzip_types gzip_min_length gzip_comp_level gzip_vary gzip_proxied gzip_disable
  gzip_buffers gzip_http_version gzip_static autoindex autoindex_exact_size autoindex_localtime log_not_found
  allow deny satisfy limit_except limit_req_zone limit_req limit_req_status limit_conn_zone limit_conn
  underscores_in_headers merge_slashes absolute_redirect port_in_redirect server_name_in_redirect types_hash_max_size
  types_hash_bucket_size server_names_hash_bucket_size server_names_hash_max_size variables_hash_max_size
  map_hash_bucket_size map_hash_max_size chunked_transfer_encoding reset_timedout_connection recursive_error_pages
  if_modified_since max_ranges open_file_cache open_file_cache_valid open_file_cache_min_uses open_file_cache_errors
  output_buffers postpone_output msie_padding real_ip_header real_ip_recursive set_real_ip_from aio directio
  subrequest_output_buffer_size request_pool_size connection_pool_size ignore_invalid_headers`.split(/\s+/),
);
/** What the grader sets itself. */
const DROPPED = new Set(['access_log', 'error_log', 'log_format', 'resolver', 'resolver_timeout']);
/** Blocks whose entries are no directives. */
const TABLES = new Set(['map', 'geo', 'split_clients', 'types']);
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)$/;
const MIME_TYPES =
  'types { text/html html htm; text/css css; text/javascript js mjs; application/json json; text/plain txt; image/png png; image/svg+xml svg; image/jpeg jpg jpeg; image/gif gif; image/x-icon ico; }';

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Makes a configuration fit: its ports free ones, the app's port the real one, nothing outside of its folder. */
export function fitConfig(text: string, app: { requested: string; port: number }): FitConfig | Unfit {
  const parsed = parseConfig(text);
  if ('problem' in parsed) return { reason: parsed.problem, word: '', at: parsed.at };
  const inner = parsed.find((one) => nameOf(one) === 'http')?.block ?? parsed.filter((one) => isOfHttp(nameOf(one)));
  if (!inner.some((one) => nameOf(one) === 'server')) return { reason: 'no-server', word: 'server', at: 0 };
  const edits: Edit[] = outside(parsed, inner, text);
  const ports: string[] = [];
  const upstreams = inner.filter((one) => nameOf(one) === 'upstream').map((one) => argsOf(one)[0] ?? '');
  for (const { directive, around } of walk(inner)) {
    if (around.some((outer) => TABLES.has(nameOf(outer)))) {
      if (nameOf(directive) === 'include') return unfit('directive', directive);
      continue;
    }
    const edit = fitDirective(directive, { around, ports, upstreams, app });
    if ('reason' in edit) return edit;
    edits.push(...edit.edits);
  }
  const bare = inner.find((one) => nameOf(one) === 'server' && !one.block?.some((each) => nameOf(each) === 'listen'));
  if (bare) return unfit('listen', bare);
  return { text: apply(text, edits), ports };
}

function isOfHttp(name: string): boolean {
  return name === 'server' || name === 'upstream' || TABLES.has(name);
}

/** Everything but what is in `http { … }` becomes blank; its lines stay. */
function outside(parsed: readonly Directive[], inner: readonly Directive[], text: string): Edit[] {
  return parsed.flatMap((one): Edit[] => {
    if (inner.includes(one)) return [];
    if (one.block !== inner || one.open === undefined) return [blank(one, text)];
    return [blank({ start: one.start, end: one.open }, text), blank({ start: one.end - 1, end: one.end }, text)];
  });
}

function blank({ start, end }: { start: number; end: number }, text: string): Edit {
  return { start, end, text: text.slice(start, end).replace(/[^\n]/g, ' ') };
}

interface Fitting {
  around: readonly Directive[];
  ports: string[];
  upstreams: readonly string[];
  app: { requested: string; port: number };
}

function fitDirective(directive: Directive, fitting: Fitting): { edits: Edit[] } | Unfit {
  const name = nameOf(directive);
  const [first = ''] = argsOf(directive);
  const whole = (text: string) => ({ edits: [{ start: directive.start, end: directive.end, text }] });
  if (DROPPED.has(name)) return whole('');
  if (name === 'include')
    return includeOf(first) === undefined ? unfit('directive', directive) : whole(includeOf(first) ?? '');
  if (!KNOWN.has(name)) return unfit('directive', directive);
  if (name === 'root' || name === 'alias') return isInner(first) ? { edits: [] } : unfit('path', directive, 1);
  if (name === 'listen') return fitListen(directive, fitting.ports);
  const inUpstream = fitting.around.some((outer) => nameOf(outer) === 'upstream');
  if (name === 'proxy_pass' || (name === 'server' && inUpstream)) return fitTarget(directive, fitting);
  return { edits: [] };
}

/** What stands for an include: the usual table of media types, or nothing for folders of servers that are not there. */
function includeOf(file: string): string | undefined {
  if (/(^|\/)mime\.types$/.test(file)) return MIME_TYPES;
  return /\/(conf\.d|sites-enabled|modules-enabled)\/\*/.test(file) ? '' : undefined;
}

/** What a location's pattern has captured is a piece of a path that nginx has looked at; other variables may hold anything. */
function isInner(folder: string): boolean {
  return !/^[/$]|^[A-Za-z]:|\\|\$(?!\d)|(^|\/)\.\.(\/|$)/.test(folder);
}

function fitListen(directive: Directive, ports: string[]): { edits: Edit[] } | Unfit {
  const [, value, ...options] = directive.words;
  const port = /^(?:(?:\[[\da-f:]*\]|[\w.*-]+):)?(\d{1,5})$/i.exec(value?.text ?? '')?.[1];
  if (port === undefined || options.some(({ text }) => text === 'ssl' || text === 'quic')) {
    return unfit('listen', directive, 1);
  }
  const isDefault = options.some(({ text }) => text === 'default_server');
  const isAgain = ports.includes(port) && /^\[/.test(value?.text ?? '');
  if (!ports.includes(port)) ports.push(port);
  const place = `listen 127.0.0.1:@PORT${ports.indexOf(port)}@${isDefault ? ' default_server' : ''};`;
  return { edits: [{ start: directive.start, end: directive.end, text: isAgain ? '' : place }] };
}

/** Where requests are passed on to: the app under its real port, or a port where nobody is. */
function fitTarget(directive: Directive, { upstreams, app }: Fitting): { edits: Edit[] } | Unfit {
  const word = directive.words[1];
  const [, scheme = '', host = '', port] =
    /^(https?:\/\/)?(\[[^\]]*\]|[^/:$]+)(?::(\d+))?(?=[/$?]|$)/.exec(word?.text ?? '') ?? [];
  if (word === undefined || host === '') return unfit('upstream', directive, 1);
  if (upstreams.includes(host) && port === undefined) return { edits: [] };
  if (!LOCAL.test(host)) return unfit('upstream', directive, 1);
  const rest = word.text.slice(scheme.length + host.length + (port === undefined ? 0 : port.length + 1));
  const target = port === app.requested ? app.port : NOBODY;
  return { edits: [{ start: word.start, end: word.end, text: `"${scheme}127.0.0.1:${target}${rest}"` }] };
}

/** The discard port, where nothing listens. */
const NOBODY = 9;

function unfit(reason: Unfit['reason'], directive: Directive, word = 0): Unfit {
  const place = directive.words[word] ?? directive.words[0];
  return { reason, word: place?.text ?? '', at: place?.start ?? directive.start };
}

function apply(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((before, { start, end, text: by }) => {
      const lines = before.slice(start, end).split('\n').length - by.split('\n').length;
      return before.slice(0, start) + by + '\n'.repeat(Math.max(0, lines)) + before.slice(end);
    }, text);
}
