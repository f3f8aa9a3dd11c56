function encode(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of [value].flat()) query.append(Array.isArray(value) ? `${name}[]` : name, each);
  }
  return query.toString();
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
