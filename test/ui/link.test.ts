import path from 'node:path';
import { expect, test } from 'vitest';
import { fileLink, showsLinks } from '../../src/ui/link.ts';

const tty = { isTTY: true };

test.each([
  ['a pipe', false, { stream: { isTTY: false }, env: { TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '1' } }],
  ['a plain xterm, which nobody knows', false, { stream: tty, env: { TERM: 'xterm-256color' } }],
  ['VS Code', true, { stream: tty, env: { TERM_PROGRAM: 'vscode', TERM: 'xterm-256color' } }],
  ['kitty', true, { stream: tty, env: { TERM: 'xterm-kitty' } }],
  ['Windows Terminal', true, { stream: tty, env: { WT_SESSION: 'x' } }],
  ['GNOME Terminal', true, { stream: tty, env: { VTE_VERSION: '7402', TERM: 'xterm-256color' } }],
  [
    'an old GNOME Terminal, which prints them',
    false,
    { stream: tty, env: { VTE_VERSION: '4205', TERM: 'xterm-256color' } },
  ],
  ['iTerm2', true, { stream: tty, env: { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.1' } }],
  ['an old iTerm2', false, { stream: tty, env: { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '2.9' } }],
  [
    'tmux that passes them on',
    true,
    { stream: tty, env: { TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4', TMUX: '/x' } },
  ],
  [
    'tmux that does not',
    false,
    { stream: tty, env: { TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.3a', TMUX: '/x' } },
  ],
  ['an old tmux within kitty', false, { stream: tty, env: { TERM: 'xterm-kitty', TMUX: '/x' } }],
  ['a CI log', false, { stream: tty, env: { TERM_PROGRAM: 'vscode', CI: 'true' } }],
  ['FORCE_HYPERLINK', true, { stream: tty, env: { TERM: 'xterm', FORCE_HYPERLINK: '1' } }],
  ['FORCE_HYPERLINK=0', false, { stream: tty, env: { TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' } }],
])('links on %s: %s', (_, shown, source) => {
  expect(showsLinks(source)).toBe(shown);
});

test('a link names the file and the line, and nothing in a name can end it early', () => {
  const file = path.resolve('/work/a b\u001b\\\u0007/x.js');
  const link = fileLink('x.js', { links: true }, { file, line: 3 });
  expect(link.startsWith('\u001b]8;;file:///')).toBe(true);
  expect(link.endsWith('x.js#3\u001b\\x.js\u001b]8;;\u001b\\')).toBe(true);
  expect(link).toContain('a%20b');
  expect(link.split('\u001b')).toHaveLength(5);
  expect(link).not.toContain('\u0007');
  expect(fileLink('x.js', { links: false }, { file })).toBe('x.js');
});
