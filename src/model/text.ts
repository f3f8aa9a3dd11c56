/** Text of the course: one string (English), or one per BCP 47 language tag. */
export type Text = string | Readonly<Record<string, string>>;

/** The tag that every text must have and that stands in for missing translations. */
export const BASE_LANGUAGE = 'en';

/** The text in a language; a less specific tag (`ur` for `ur-Latn`) or English stands in for a missing one. */
export function pickText(text: Text, language: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[language.split('-')[0] ?? ''] ?? text[BASE_LANGUAGE] ?? Object.values(text)[0] ?? '';
}

type Parameters = Readonly<Record<string, string | number>>;

/** Says a message of a catalogue, its `{name}` places filled in. */
export type Say<Key extends string> = (key: Key, parameters?: Parameters) => string;

/**
 * A message catalogue: English, and the translations that exist so far.
 * @returns a function from a language tag to `Say`; `reword` is applied to each message before its places are filled in
 */
export function catalogue<Key extends string>(
  english: Readonly<Record<Key, string>>,
  translations: Readonly<Record<string, Partial<Record<Key, string>>>> = {},
): (language: string, reword?: (message: string) => string) => Say<Key> {
  return (language, reword = (message) => message) =>
    (key, parameters = {}) =>
      reword(translations[language]?.[key] ?? english[key]).replace(/\{(\w+)\}/g, (place, name: string) =>
        String(parameters[name] ?? place),
      );
}

/** `1 check`, `2 checks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
