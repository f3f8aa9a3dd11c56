const path = require('node:path');

function rulesOf(system) {
  return system === 'windows' ? path.win32 : path.posix;
}

function fileName(file, system) {
  return rulesOf(system).basename(file);
}

function thumbnail(file, system) {
  const rules = rulesOf(system);
  const { dir, name, ext } = rules.parse(file);
  return rules.join(dir, `${name}-small${ext}`);
}

function inside(root, name, system) {
  const rules = rulesOf(system);
  const whole = rules.join(root, name);
  return rules.relative(root, whole).startsWith('..') ? null : whole;
}

module.exports = { fileName, thumbnail, inside };
