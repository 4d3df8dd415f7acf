/** Names for what must not be told: the same for the same value, as long as the app runs. */
export interface Placeholders {
  /**
   * @param sort what sort of value it is, such as `code`
   * @returns its name, such as `code#1`
   */
  of(sort: string, value: string): string;
  /** The same text, with names in the place of all values that were named before. */
  scrub(text: string): string;
}

/** So many values are remembered; one that was not met for longer and comes again is a new one. */
const MOST = 3000;
/** Shorter ones would be found in innocent texts. */
const SHORTEST = 6;
/** Of digits that stand by themselves. */
const SHORTEST_NUMBER = 4;

/** Keeps them in memory only: what stands behind a name never leaves. */
export function createPlaceholders(): Placeholders {
  /** Those met last come last. */
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  /** Values by how they begin, so that a text is read once, however many they are. */
  const beginnings = new Map<number, string[]>();

  const remember = (value: string, name: string) => {
    names.set(value, name);
    if (isTooShort(value)) return;
    const begun = beginnings.get(beginningOf(value)) ?? [];
    // The longer comes first: a shorter one may be its beginning.
    begun.push(value);
    begun.sort((one, other) => other.length - one.length);
    beginnings.set(beginningOf(value), begun);
  };

  const forget = (value: string) => {
    names.delete(value);
    const begun = beginnings.get(beginningOf(value))?.filter((other) => other !== value) ?? [];
    if (begun.length > 0) beginnings.set(beginningOf(value), begun);
    else beginnings.delete(beginningOf(value));
  };

  /** The name of a value that was met again. */
  const meet = (value: string): string | undefined => {
    const name = names.get(value);
    if (name === undefined) return undefined;
    names.delete(value);
    names.set(value, name);
    return name;
  };

  return {
    of(sort, value) {
      const known = meet(value);
      if (known !== undefined) return known;
      const count = (counts.get(sort) ?? 0) + 1;
      counts.set(sort, count);
      const name = `${sort}#${count}`;
      remember(value, name);
      if (names.size > MOST) {
        const [oldest] = names.keys();
        if (oldest !== undefined) forget(oldest);
      }
      return name;
    },
    scrub(text) {
      if (beginnings.size === 0) return text;
      let [clean, told, beginning] = ['', 0, 0];
      for (let at = 0; at < text.length; at += 1) {
        beginning = next(beginning, text.charCodeAt(at));
        const from = at - SHORTEST_NUMBER + 1;
        if (from < told) continue;
        const value = beginnings.get(beginning)?.find((value) => stands(value, text, from));
        if (value === undefined) continue;
        clean += text.slice(told, from) + meet(value);
        told = from + value.length;
        at = told - 1;
      }
      return told === 0 ? text : clean + text.slice(told);
    },
  };
}

/** A number of the newest four characters. */
function next(beginning: number, code: number): number {
  return (beginning << 8) | (code & 0xff);
}

function beginningOf(value: string): number {
  let beginning = 0;
  for (let at = 0; at < SHORTEST_NUMBER; at += 1) beginning = next(beginning, value.charCodeAt(at));
  return beginning;
}

function isTooShort(value: string): boolean {
  return value.length < (/^\d+$/.test(value) ? SHORTEST_NUMBER : SHORTEST);
}

/** Whether a value is in a text at this place. A short number has to be a whole one there. */
function stands(value: string, text: string, from: number): boolean {
  if (!text.startsWith(value, from)) return false;
  return value.length >= SHORTEST || !/\d/.test(text.charAt(from - 1) + text.charAt(from + value.length));
}
