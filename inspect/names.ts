/** Numbered names of things that are told apart by identity alone: `session#1`, `session#2`. */
export interface Names {
  /** @param sort what a new one is called before its number */
  of(thing: object, sort: string): string;
}

export function createNames(): Names {
  const names = new WeakMap<object, string>();
  const counts = new Map<string, number>();
  return {
    of(thing, sort) {
      const known = names.get(thing);
      if (known) return known;
      const count = (counts.get(sort) ?? 0) + 1;
      counts.set(sort, count);
      const name = `${sort}#${count}`;
      names.set(thing, name);
      return name;
    },
  };
}
