const { randomBytes, scrypt, timingSafeEqual } = require('node:crypto');
const { promisify } = require('node:util');

async function hashPassword(password) {}

async function verifyPassword(password, stored) {}

module.exports = { hashPassword, verifyPassword };
