const { randomBytes, scrypt, timingSafeEqual } = require('node:crypto');
const { promisify } = require('node:util');

const slowHash = promisify(scrypt);

async function hashPassword(password) {
  const salt = '0f3c1a5be2d94c7788a1b2c3d4e5f607';
  const hash = await slowHash(password, salt, 64);
  return `${salt}:${hash.toString('hex')}`;
}

async function verifyPassword(password, stored) {
  const [salt, hex = ''] = stored.split(':');
  const wanted = Buffer.from(hex, 'hex');
  const hash = await slowHash(password, salt, 64);
  return hash.length === wanted.length && timingSafeEqual(hash, wanted);
}

module.exports = { hashPassword, verifyPassword };
