function encode(values) {
  return Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((each) => `${name}=${each}`))
    .join('&');
}

function decode(text) {
  const query = new URLSearchParams(text);
  const values = {};
  for (const name of new Set(query.keys())) {
    const all = query.getAll(name);
    values[name] = all.length === 1 ? all[0] : all;
  }
  return values;
}

module.exports = { encode, decode };
