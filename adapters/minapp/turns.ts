import type { Clock } from '../../ports/clock.js';
import { Failure } from '../../ports/failure.js';

/** Makes one call when it is its turn. `takeLate` gets what it brought when nobody waits for it any more. */
export type TakeTurn = <T>(call: () => PromiseLike<T>, takeLate?: (value: T) => PromiseLike<unknown>) => Promise<T>;

/**
 * One call of the SDK at a time: it shares a call in flight with whoever makes the same one, whatever the arguments are.
 *
 * Whoever waits longer than `limit` is told so, and may go (G-09); the turn still ends with the SDK's own answer. So
 * after a call that never ends no other one is made: it would only join it.
 *
 * @param limit in milliseconds, from the asking
 */
export function takingTurns(clock: Clock, limit: number): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  const nothing = () => {};

  return (call, takeLate = () => Promise.resolve()) =>
    new Promise((resolve, reject) => {
      let hasLeft = false;
      const timer = clock.setTimeout(() => {
        hasLeft = true;
        reject(new Failure('timeout'));
      }, limit);

      const turn = last.then(() => (hasLeft ? undefined : call().then(answer, refuse)));
      const answer = (value: Parameters<typeof takeLate>[0]) => {
        if (hasLeft) return takeLate(value);
        clock.clearTimeout(timer);
        resolve(value);
      };
      const refuse = (error: unknown) => {
        clock.clearTimeout(timer);
        reject(error);
      };
      last = turn.catch(refuse).then(nothing, nothing);
    });
}
