import { describe, expect, it } from 'vitest';
import { installOnDemand } from '../rig/on-demand.ts';
import { type Files, verdictOf } from '../rig/verdict.ts';

const app = (route: string, more = ''): Files => ({
  'index.js': `const express = require('express');
const multer = require('multer');
const app = express();
const upload = multer({ dest: __dirname + '/uploads', limits: { fileSize: 100000 }, fileFilter: (req, file, done) => done(null, file.mimetype !== 'text/plain') });
app.use('/uploads', express.static(__dirname + '/uploads'));
${route}
${more}
app.listen(3000);
`,
});
const ANSWER = '(req, res) => res.status(201).json({ file: req.file.filename }));';
const lack = await installOnDemand();
const causesOf = async (files: Files) => (await verdictOf('upload-file', files)).causes;

describe.skipIf(lack)(`causes of uploads${lack ? ` (${lack})` : ''}`, () => {
  it.each([
    ['upload-field', app(`app.post('/photos', upload.single('picture'), ${ANSWER}`)],
    ['no-file', app(`app.post('/photos', upload.single('photo'), ${ANSWER}`)],
    ['upload-limit', app(`app.post('/photos', upload.single('photo'), ${ANSWER}`)],
    [
      'no-multipart-parser',
      {
        'index.js':
          "const app = require('express')();\napp.post('/photos', (req, res) => res.json(req.body.photo));\napp.listen(1);\n",
      },
    ],
  ])('%s is named where it is the cause', async (cause, files) => {
    expect(await causesOf(files)).toContain(cause);
  });
  it.each([
    [
      'upload-field',
      'another error of multer',
      app(
        "app.post('/photos', upload.array('photo', 0), (req, res) => res.end());",
        'app.use((e, req, res, next) => res.status(500).end());',
      ),
    ],
    [
      'no-file',
      'another value that is undefined',
      app("app.post('/photos', upload.single('photo'), (req, res) => res.json(req.user.name));"),
    ],
    [
      'upload-limit',
      'an error of another kind',
      app("app.post('/photos', upload.single('photo'), () => { throw new Error('File too large for me'); });"),
    ],
    [
      'no-multipart-parser',
      'a parser that is there',
      app("app.post('/photos', upload.single('photo'), (req, res) => res.json(req.body.photo.name));"),
    ],
  ])('%s is not named for %s', async (cause, _what, files) => {
    expect(await causesOf(files)).not.toContain(cause);
  });
});
