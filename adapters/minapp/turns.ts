import type { Clock } from '../../ports/clock.js';
import { Failure } from '../../ports/failure.js';

export interface TakeTurn {
  /** Makes one call when it is its turn. `takeLate` gets what it brought when nobody waits for it any more. */
  <T>(call: () => PromiseLike<T>, takeLate?: (value: T) => PromiseLike<unknown>): Promise<T>;
  /** Whether nobody has a turn, or waits for one. */
  isFree(): boolean;
}

/**
 * One call of the SDK at a time: it shares a call in flight with whoever makes the same one, whatever the arguments are.
 *
 * Whoever waits longer than `limit` is told so, and may go (G-09). The turn still ends with the SDK's own answer: another
 * call made before it would only join this one.
 *
 * @param limit in milliseconds, from the asking
 */
export function takingTurns(clock: Clock, limit: number): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  let open = 0;
  const close = () => {
    open -= 1;
  };

  function takeTurn<T>(
    call: () => PromiseLike<T>,
    takeLate: (value: T) => PromiseLike<unknown> = () => Promise.resolve(),
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let hasLeft = false;
      open += 1;
      const timer = clock.setTimeout(() => {
        hasLeft = true;
        reject(new Failure('timeout'));
      }, limit);

      const answer = (value: T) => {
        if (hasLeft) return takeLate(value);
        clock.clearTimeout(timer);
        resolve(value);
      };
      const refuse = (error: unknown) => {
        clock.clearTimeout(timer);
        reject(error);
      };
      const turn = last.then(() => (hasLeft ? undefined : call().then(answer, refuse)));
      last = turn.catch(refuse).then(close, close);
    });
  }

  return Object.assign(takeTurn, { isFree: () => open === 0 });
}
