function encode(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of [value].flat()) query.append(name, each);
  }
  return query.toString();
}

const querystring = require('node:querystring');

function decode(text) {
  return querystring.parse(text);
}

module.exports = { encode, decode };
