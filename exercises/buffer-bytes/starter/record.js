function checksum(bytes) {}

function pack(id, name) {}

function unpack(bytes) {}

function joinText(chunks) {}

module.exports = { checksum, pack, unpack, joinText };
