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

/** So many values are remembered; an older one that comes again is a new one. */
const MOST = 300;
/** Shorter ones would be found in innocent texts. */
const SHORTEST = 6;

/** Keeps them in memory only: what stands behind a name never leaves. */
export function createPlaceholders(): Placeholders {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();

  return {
    of(sort, value) {
      const known = names.get(value);
      if (known) return known;
      const count = (counts.get(sort) ?? 0) + 1;
      counts.set(sort, count);
      const name = `${sort}#${count}`;
      names.set(value, name);
      if (names.size > MOST) forgetOldest(names);
      return name;
    },
    scrub(text) {
      if (text.length < SHORTEST) return text;
      let clean = text;
      names.forEach((name, value) => {
        if (value.length >= SHORTEST && clean.indexOf(value) >= 0) clean = clean.split(value).join(name);
      });
      return clean;
    },
  };
}

function forgetOldest(names: Map<string, string>): void {
  const [oldest] = names.keys();
  if (oldest !== undefined) names.delete(oldest);
}
