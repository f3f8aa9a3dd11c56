const { Transform } = require('node:stream');
const { StringDecoder } = require('node:string_decoder');

function createCsvToJson() {
  const decoder = new StringDecoder('utf8');
  let names;
  let rest = '';

  const toJson = (line) => {
    const values = line.split(',').map((value) => value.trim());
    if (names === undefined) {
      names = values;
      return '';
    }
    return `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, values[index]])))}\n`;
  };

  return new Transform({
    transform(chunk, _encoding, callback) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop();
      callback(null, lines.map(toJson).join(''));
    },
    flush(callback) {
      rest += decoder.end();
      callback(null, rest === '' ? '' : toJson(rest));
    },
  });
}

module.exports = { createCsvToJson };
