import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model/run.ts';
import { parseReport, readReports } from '../../src/sandbox/channel.ts';

test.each([
  ['{"type":"ready","maxRss":7,"extra":1}', { type: 'ready', maxRss: 7 }],
  ['{"type":"listening","requested":"3000","port":41000}', { type: 'listening', requested: '3000', port: 41000 }],
  [
    '{"type":"exit","code":1,"maxRss":5,"handles":["Timeout",7]}',
    { type: 'exit', code: 1, maxRss: 5, handles: ['Timeout'] },
  ],
])('%s is a report', (line, report) => {
  expect(parseReport(line)).toEqual(report);
});

test.each([
  '',
  'null',
  '[]',
  '{}',
  '{"type":"verdict"}',
  '{"__proto__":{"type":"ready"}}',
  '{"type":"listening","requested":"1","port":0}',
  '{"type":"listening","requested":"1","port":65536}',
  '{"type":"listening","requested":"1","port":1.5}',
  '{"type":"listening","requested":1,"port":80}',
  '{"type":"exit","code":256,"maxRss":1,"handles":[]}',
  '{"type":"exit","code":0,"maxRss":1,"handles":{}}',
])('%s is none', (line) => {
  expect(parseReport(line)).toBeUndefined();
});

test('joins lines that come in pieces, and stops listening to a flood', async () => {
  const stream = new PassThrough();
  const reports: Report[] = [];
  readReports(stream, (report) => reports.push(report));
  stream.write('{"type":"rea');
  stream.write('dy","maxRss":7}\n{"type":"ready","maxRss":8}\nnoise\n');
  for (let count = 0; count < 500; count++) stream.write(`${'x'.repeat(10_000)}\n`);
  stream.end('{"type":"ready","maxRss":9}\n');
  await new Promise((resolve) => stream.on('end', resolve));
  expect(reports).toEqual([
    { type: 'ready', maxRss: 7 },
    { type: 'ready', maxRss: 8 },
  ]);
});
