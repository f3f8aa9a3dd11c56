import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { capture } from '../../src/sandbox/capture.ts';

async function captured(chunks: readonly (string | Buffer)[], cap: number) {
  const stream = new PassThrough();
  const onOverflow = vi.fn();
  const kept = capture(stream, cap, onOverflow);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await new Promise((resolve) => stream.on('end', resolve));
  return { ...kept.finish(), overflows: onOverflow.mock.calls.length };
}

test('decodes once, so that a character may come in two pieces', async () => {
  const bytes = Buffer.from('é');
  expect(await captured([bytes.subarray(0, 1), bytes.subarray(1)], 10)).toMatchObject({
    text: 'é',
    invalidUtf8: false,
  });
});

test('exactly the cap is not too much', async () => {
  expect(await captured(['12', '34'], 4)).toEqual({ text: '1234', invalidUtf8: false, truncated: false, overflows: 0 });
});

test('keeps the first bytes and tells once', async () => {
  expect(await captured(['12', '34', '5', '6'], 3)).toEqual({
    text: '123',
    invalidUtf8: false,
    truncated: true,
    overflows: 1,
  });
});

test.each(['é', '€', '😀'])('a cap in the middle of %s does not make it invalid', async (character) => {
  const size = Buffer.byteLength(character);
  for (let cut = 1; cut < size; cut++) {
    expect(await captured([`ab${character}`], 2 + cut)).toMatchObject({ text: 'ab', invalidUtf8: false });
  }
});

test('tells what is no UTF-8', async () => {
  expect(await captured([Buffer.from([0x61, 0xff])], 10)).toMatchObject({ text: 'a\ufffd', invalidUtf8: true });
});
