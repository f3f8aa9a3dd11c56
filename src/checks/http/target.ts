/** What learners' links and redirects call their own server. */
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const OWN_ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?=\/|$)/;

/**
 * Where a link, a form or a redirect leads that was found under a path: a path with its query on the learner's own server, whatever port it names;
 * undefined when it leads elsewhere.
 */
export function resolveTarget(page: { target: string }, link: string): string | undefined {
  const base = new URL(page.target, 'http://localhost');
  if (!URL.canParse(link, base.href)) return undefined;
  const url = new URL(link, base);
  if (url.protocol !== 'http:' || !OWN_HOSTS.has(url.hostname)) return undefined;
  return url.pathname + url.search;
}

/** A link without the scheme, host and port that mean the learner's own server. */
export function withoutOrigin(link: string): string {
  const rest = link.replace(OWN_ORIGIN, '');
  return rest === '' ? '/' : rest;
}
