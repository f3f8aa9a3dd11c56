function checksum(bytes) {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum % 256;
}

function pack(id, name) {
  const text = Buffer.from(name);
  const header = Buffer.alloc(3);
  header.writeUInt16BE(id, 0);
  header[2] = text.length;
  return Buffer.concat([header, text]);
}

function unpack(bytes) {
  const length = bytes[2];
  return { id: bytes.readInt16BE(0), name: bytes.toString('utf8', 3, 3 + length) };
}

function joinText(chunks) {
  return Buffer.concat(chunks).toString();
}

module.exports = { checksum, pack, unpack, joinText };
