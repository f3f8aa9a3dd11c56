const { parse } = require('node:url');

function parts(address) {
  const url = parse(address, true);
  if (url.protocol === null) return null;
  const usual = url.protocol === 'https:' ? 443 : 80;
  return {
    host: url.hostname,
    port: Number(url.port ?? usual),
    path: url.path,
    tags: url.query.tag,
    page: Number(url.query.page ?? 1),
  };
}

function nextPage(address) {
  const url = new URL(address);
  url.searchParams.set('page', pageOf(url) + 1);
  url.hash = '';
  return url.href;
}

function pageOf(url) {
  return Number(url.searchParams.get('page') ?? 1);
}

module.exports = { parts, nextPage };
