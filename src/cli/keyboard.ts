import { emitKeypressEvents, type Key } from 'node:readline';

/** Keys as they are pressed, without Enter. */
export interface Keyboard {
  listen(): void;
  /** Gives the keys to somebody else, or back to the shell. */
  stop(): void;
}

/** A key with what it types. */
export interface Pressed extends Key {
  text: string;
}

interface KeyEvents {
  onKey: (key: Pressed) => void;
  /** Whether there is a terminal to read keys from. */
  hasKeys: boolean;
  /** Nobody types or reads any more. */
  onGone: () => void;
}

/** The terminal's keys; none are read before `listen`, and none at all where nobody sits before it. */
export function keyboard({ onKey, onGone, hasKeys }: KeyEvents): Keyboard {
  const { stdin, stdout } = process;
  const keypress = (text: string | undefined, key: Key) => onKey({ ...key, text: text ?? '' });
  let isListening = false;
  return {
    listen() {
      if (isListening) return;
      isListening = true;
      stdout.on('error', onGone);
      if (!hasKeys) return;
      emitKeypressEvents(stdin);
      stdin.setRawMode(true);
      stdin.resume();
      stdin.on('keypress', keypress);
      stdin.on('end', onGone);
      // Stays: a terminal that goes away while nobody reads must not be an error that nobody hears.
      if (stdin.listenerCount('error') === 0) stdin.on('error', () => {});
      stdin.on('error', onGone);
    },
    stop() {
      if (!isListening) return;
      isListening = false;
      stdout.off('error', onGone);
      if (!hasKeys) return;
      stdin.off('keypress', keypress);
      stdin.off('end', onGone);
      stdin.off('error', onGone);
      // A terminal that is gone refuses, and has nothing to be given back.
      try {
        stdin.setRawMode(false);
      } catch {}
      stdin.pause();
    },
  };
}

/** The character in lower case, or the key's name; `ctrl+` stands before it. */
export function keyName({ text, name, ctrl, sequence }: Pressed): string {
  if (ctrl) return `ctrl+${name ?? ''}`;
  if (/^[\x21-\x7e]$/.test(text)) return text.toLowerCase();
  return name ?? sequence ?? '';
}
