const { randomBytes, scrypt, timingSafeEqual } = require('node:crypto');
const { promisify } = require('node:util');

const slowHash = promisify(scrypt);

async function hashPassword(password) {
  const salt = randomBytes(16).toString('hex');
  const hash = await slowHash(password, salt, 64);
  return `${salt}:${hash.toString('hex')}`;
}

async function verifyPassword(password, stored) {
  const [salt, hex = ''] = stored.split(':');
  const wanted = Buffer.from(hex, 'hex');
  const hash = await slowHash(password, salt, 64);
  return timingSafeEqual(hash, wanted);
}

module.exports = { hashPassword, verifyPassword };
