// Makes tokens as others would, and looks whether the server takes them for good.
import { createHmac } from 'node:crypto';

const { secret, other, name } = JSON.parse(process.env.NODE_TUTOR_GIVENS);
const email = `${name.toLowerCase()}@example.com`;
const now = Math.floor(Date.now() / 1000);

function token({ key = secret, alg = 'HS256', payload = { email, iat: now, exp: now + 60 } }) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${encode({ alg, typ: 'JWT' })}.${encode(payload)}`;
  const signature = alg === 'none' ? '' : createHmac('sha256', key).update(head).digest('base64url');
  return `${head}.${signature}`;
}

async function me(authorization) {
  const headers = authorization === undefined ? {} : { authorization };
  const response = await fetch(new URL('/me', process.env.NODE_TUTOR_URL), { headers });
  return { status: response.status, text: await response.text() };
}

const good = token({});
const [head, , signature] = good.split('.');
const forged = Buffer.from(JSON.stringify({ email: 'boss@example.com', exp: now + 60 })).toString('base64url');
const cases = [
  ['no token', undefined],
  ['a token without the word Bearer in front of it', good],
  ['a token that is no token', 'Bearer not.a.token'],
  ['a token that is signed with another secret', `Bearer ${token({ key: other })}`],
  ['a token whose content was changed afterwards', `Bearer ${head}.${forged}.${signature}`],
  ['a token that is not signed at all (alg: none)', `Bearer ${token({ alg: 'none' })}`],
  ['a token that expired an hour ago', `Bearer ${token({ payload: { email, iat: now - 7200, exp: now - 3600 } })}`],
];

async function look() {
  const right = await me(`Bearer ${good}`);
  if (right.status !== 200 || !right.text.includes(email)) {
    return {
      passed: false,
      message: 'A token that is signed with JWT_SECRET was refused.',
      expected: '200',
      got: String(right.status),
      next: 'Take the secret from process.env.JWT_SECRET, for signing and for verifying.',
    };
  }
  for (const [what, authorization] of cases) {
    const { status } = await me(authorization);
    if (status !== 401) {
      return {
        passed: false,
        message: `GET /me with ${what} must be refused.`,
        expected: '401',
        got: String(status),
        next: 'jwt.verify throws for every bad token. Answer with 401 in the catch, and do not call next().',
      };
    }
  }
  return { passed: true };
}

console.log(JSON.stringify(await look()));
