const path = require('node:path');

const report = {
  folder: path.basename(process.cwd()),
  student: `${process.env.STUDENT}`,
  node: process.version,
};

console.log(JSON.stringify(report));
