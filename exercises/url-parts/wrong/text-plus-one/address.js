function parts(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const usual = url.protocol === 'https:' ? 443 : 80;
  return {
    host: url.hostname,
    port: url.port === '' ? usual : Number(url.port),
    path: decodeURIComponent(url.pathname),
    tags: url.searchParams.getAll('tag'),
    page: Number(pageOf(url)),
  };
}

function nextPage(address) {
  const url = new URL(address);
  url.searchParams.set('page', pageOf(url) + 1);
  url.hash = '';
  return url.href;
}

function pageOf(url) {
  return url.searchParams.get('page') ?? 1;
}

module.exports = { parts, nextPage };
