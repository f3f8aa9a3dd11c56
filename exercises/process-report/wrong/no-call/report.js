const path = require('node:path');

const report = {
  folder: process.cwd,
  student: process.env.STUDENT ?? null,
  node: process.version,
};

console.log(JSON.stringify(report));
