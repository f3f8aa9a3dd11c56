const path = require('node:path');

const report = {
  folder: path.basename(__dirname),
  student: process.env.STUDENT ?? null,
  node: process.version,
};

console.log(JSON.stringify(report));
