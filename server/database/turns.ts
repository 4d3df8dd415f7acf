/** Lets the next one have their turn. */
export type GiveBack = () => void;

/** What only one at a time may have. */
export interface Turns {
  /**
   * Waits until all before gave it back.
   *
   * @throws TooBusy where they did not in time, or {@link Turns.refuse} was called meanwhile
   */
  take(): Promise<GiveBack>;
  /** Sends away whoever waits: who had their turn heard nothing, and each of them would wait as long for the same. */
  refuse(): void;
}

/** Others had the database for too long. */
export class TooBusy extends Error {
  /** As of an address that does not answer. */
  readonly code = 'ETIMEDOUT';

  /** @param cause what the database said last, if it was asked */
  constructor(cause?: unknown) {
    super('The database was busy for too long', { cause });
  }
}

interface Waiting {
  lend(giveBack: GiveBack): void;
  refuse(): void;
}

/**
 * @param patience how long each waits for their turn, in milliseconds
 */
export function takeTurns(patience: number): Turns {
  const waiting = new Set<Waiting>();
  let isLent = false;

  function lend(): GiveBack {
    isLent = true;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      isLent = false;
      const [next] = waiting;
      next?.lend(lend());
    };
  }

  return {
    async take() {
      if (!isLent) return lend();
      return new Promise((resolve, reject) => {
        const own: Waiting = {
          lend: (giveBack) => resolve(leave(giveBack)),
          refuse: () => reject(leave(new TooBusy())),
        };
        const timer = setTimeout(own.refuse, patience);
        function leave<T>(withWhat: T): T {
          clearTimeout(timer);
          waiting.delete(own);
          return withWhat;
        }
        waiting.add(own);
      });
    },

    refuse() {
      for (const each of [...waiting]) each.refuse();
    },
  };
}
