import { type Failure, toFailure } from '../../ports/failure.js';

/** How one host's refusals are read; `subject` is what was asked for, where that matters. */
export type ReadFailure<Subject> = (payload: unknown, subject?: Subject) => Failure;

/** The calls of one host. */
export interface Calls<Subject> {
  /**
   * Calls the host in this very stack (G-10); whatever it throws becomes a rejection.
   *
   * @param call hands the two callbacks to the host (W-01)
   * @param subject what was asked for, where that matters
   */
  ask<T>(call: (answer: (value: T) => void, fail: (payload: unknown) => void) => void, subject?: Subject): Promise<T>;

  /** Calls what answers at once; whatever it throws becomes a failure, of which no more is known. */
  attempt<T>(call: () => T): T;
}

export function callsOf<Subject>(readFailure: ReadFailure<Subject>): Calls<Subject> {
  return {
    ask: (call, subject) =>
      new Promise((resolve, reject) => {
        const fail = (payload: unknown) => reject(readFailure(payload, subject));
        try {
          call(resolve, fail);
        } catch (error) {
          fail(error);
        }
      }),

    attempt(call) {
      try {
        return call();
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

/**
 * Reads what the host answered. In the host's callback a thrown error would reach nobody.
 *
 * @param read turns the host's result into the answer
 */
export function tell<T>(read: () => T, answer: (value: T) => void, fail: (failure: unknown) => void): void {
  try {
    answer(read());
  } catch (failure) {
    fail(failure);
  }
}

/** Calls what nobody waits for; `undefined` where it throws. */
export function quietly<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
