import { within } from './within.js';

/** Work that outlives the requests it came from, such as mails that nobody waits for. */
export interface Background {
  /** @param work which does not fail */
  add(work: Promise<unknown>): void;
  /**
   * Waits until all is done, and what that added, too.
   *
   * @param patience how long, in milliseconds
   * @returns how much was not done by then
   */
  ended(patience: number): Promise<number>;
}

/** Nothing is in the background yet. */
export function background(): Background {
  const running = new Set<Promise<unknown>>();

  async function all(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running);
  }

  return {
    add(work) {
      const done = work.finally(() => running.delete(done));
      running.add(done);
    },

    async ended(patience) {
      await within(patience, all());
      return running.size;
    },
  };
}
