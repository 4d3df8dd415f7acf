import type { Moves } from '../../../testing/index.js';

/** The move of whoever ends the session. */
export const SIGNS_OUT = 'the user signs out';

/** Whoever waits for a promise of the app. */
export interface Callers {
  /** One asks, unless the same one waits already. */
  moves(who: string, ask: () => PromiseLike<unknown>): Moves;
  waiting(): readonly string[];
  count(): number;
}

export function createCallers(): Callers {
  const waiting = new Set<string>();
  return {
    moves(who, ask) {
      if (waiting.has(who)) return {};
      const start = () => {
        waiting.add(who);
        const end = () => void waiting.delete(who);
        ask().then(end, end);
      };
      return { [who]: start };
    },
    waiting: () => [...waiting].sort(),
    count: () => waiting.size,
  };
}
