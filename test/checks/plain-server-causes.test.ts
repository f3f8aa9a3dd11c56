import { type CauseCase, describeCauses } from '../rig/causes.ts';

const END = '  res.end(`Hello! You asked for ${req.method} ${req.url}\\n`);';

const cases: Readonly<Record<string, CauseCase>> = {
  'not-express': {
    exercise: 'http-hello',
    has: { 'index.js': [['res.end(', 'res.type("text").send(']] },
    alike: { 'index.js': [['res.end(', 'res.finish(']] },
    right: {
      'index.js': [
        [
          'const http',
          "http_('/');\nfunction http_() {\n  console.error('res.send is not a function');\n}\nconst http",
        ],
      ],
    },
  },
  'not-text': {
    exercise: 'http-routes',
    has: { 'index.js': [['JSON.stringify(menu)', 'menu[0]']] },
    alike: { 'index.js': [['JSON.stringify(menu)', 'String(menu)']] },
    right: { 'index.js': [['JSON.stringify(menu)', 'Buffer.from(JSON.stringify(menu))']] },
  },
  'sent-twice': {
    exercise: 'http-routes',
    has: { 'index.js': [["/greet?name=Sana');\n      return;", "/greet?name=Sana');"]] },
    alike: { 'index.js': [['send(res, 400,', 'send(res, 200,']] },
    right: { 'index.js': [["/greet?name=Sana');\n      return;", "/greet?name=Sana');\n      return res.end();"]] },
  },
  'no-body-parser': {
    exercise: 'http-post',
    has: {
      'index.js': [
        ['const body = await readBody(req);', "const body = req.body['text'];"],
        ['addNote(req, res).catch(() => res.destroy());', 'addNote(req, res);'],
      ],
    },
    alike: {
      'index.js': [
        ['const body = await readBody(req);', 'const body = null.text;'],
        ['addNote(req, res).catch(() => res.destroy());', 'addNote(req, res);'],
      ],
    },
    right: {
      'index.js': [['const body = await readBody(req);', 'req.body = await readBody(req);\n  const { body } = req;']],
    },
  },
  'cut-letters': {
    exercise: 'http-post',
    has: { 'index.js': [['chunks.push(chunk);', 'chunks.push(Buffer.from(String(chunk)));']] },
    alike: { 'index.js': [["toString('utf8')", "toString('latin1')"]] },
    right: { 'index.js': [['  let size = 0;', "  let size = 0;\n  console.log('\\uFFFD');"]] },
  },
  blocking: {
    exercise: 'slow-page',
    has: {
      'index.js': [
        ['const result = await slowly(', "const result = await (async (start) => require('./slow.js')(start))("],
      ],
    },
    alike: { 'worker.js': [['slow(workerData)', 'slow(workerData + 1)']] },
    right: {
      'index.js': [
        [
          'const result = await slowly(',
          'await new Promise((resolve) => setTimeout(resolve, 20));\n      const result = await slowly(',
        ],
      ],
    },
  },
  'no-json': {
    exercise: 'http-client',
    has: {
      'client.js': [
        [
          '  return response.json();',
          "  const text = await response.text();\n  if (text.startsWith('<')) setImmediate(() => JSON.parse(text));\n  return text.startsWith('<') ? {} : JSON.parse(text);",
        ],
      ],
    },
    alike: { 'client.js': [['  return response.json();', '  return response.json(;']] },
    right: { 'client.js': [['It did not work: ', 'SyntaxError: x is not valid JSON ']] },
  },
  'never-ended': {
    exercise: 'http-hello',
    has: { 'index.js': [['res.end(', 'res.write(']] },
    alike: { 'index.js': [[END, '  res.destroy();']] },
    right: { 'index.js': [[END, `${END.replace('end', 'write')}\n  setImmediate(() => res.end());`]] },
  },
  'never-answered': {
    exercise: 'http-hello',
    has: { 'index.js': [[END, `  if (req.method === 'PUT') ${END.trim()}`]] },
    alike: { 'index.js': [[END, `  res.end(req.method);`]] },
    right: { 'index.js': [[END, `  setImmediate(() => {\n  ${END}\n  });`]] },
  },
  'server-closed': {
    exercise: 'http-hello',
    has: { 'index.js': [[END, `${END}\n  server.close();`]] },
    alike: { 'index.js': [[END, `${END.replace('Hello', 'Hallo')}\n  if (req.url === '/stop') server.close();`]] },
    right: { 'index.js': [[END, `${END}\n  if (req.url === '/stop') server.close();`]] },
  },
};

describeCauses(cases);
