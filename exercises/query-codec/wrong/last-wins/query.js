function encode(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of [value].flat()) query.append(name, each);
  }
  return query.toString();
}

function decode(text) {
  return Object.fromEntries(new URLSearchParams(text));
}

module.exports = { encode, decode };
