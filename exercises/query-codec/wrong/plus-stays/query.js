function encode(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of [value].flat()) query.append(name, each);
  }
  return query.toString();
}

function decode(text) {
  const values = {};
  for (const pair of text.replace('?', '').split('&').filter(Boolean)) {
    const [name, value] = pair.split('=').map(decodeURIComponent);
    values[name] = name in values ? [values[name], value].flat() : value;
  }
  return values;
}

module.exports = { encode, decode };
