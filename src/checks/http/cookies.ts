/** The cookies of one client, by name. Paths and domains are left out: a check talks to one server. */
export interface CookieJar {
  /** Takes over what an answer sets and removes. */
  store(setCookie: readonly string[]): void;
  /** The value of the Cookie header, or undefined when there is none. */
  header(): string | undefined;
}

/** A cookie that an answer sets: its value, and its attributes as written. */
export interface SetCookie {
  name: string;
  value: string;
  /** The whole line. */
  line: string;
  /** True when the answer takes it away. */
  expired: boolean;
}

export function createJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    store(lines) {
      for (const { name, value, expired } of lines.map(readSetCookie)) {
        if (expired) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
    header() {
      const pairs = [...cookies].map(([name, value]) => `${name}=${value}`);
      return pairs.length === 0 ? undefined : pairs.join('; ');
    },
  };
}

/** Reads one `Set-Cookie` line, after RFC 6265, section 5.2. */
export function readSetCookie(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = (at === -1 ? '' : pair.slice(0, at)).trim();
  const value = pair.slice(at + 1).trim();
  const attribute = (wanted: string) =>
    attributes
      .map((text) => text.trim())
      .find((text) => text.toLowerCase().startsWith(`${wanted}=`))
      ?.slice(wanted.length + 1);
  const maxAge = attribute('max-age');
  const expires = attribute('expires');
  const expired =
    maxAge === undefined ? expires !== undefined && Date.parse(expires) <= Date.now() : Number(maxAge) <= 0;
  return { name, value, line, expired };
}
