import { readFailure, type Subject } from './failures.js';

/**
 * Calls the host in this very stack (G-10); whatever it throws becomes a rejection.
 *
 * @param call hands the two callbacks to the host (W-01)
 * @param subject what the person is asked for, if anything
 */
export function ask<T>(
  call: (answer: (value: T) => void, fail: (payload: unknown) => void) => void,
  subject?: Subject,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (payload: unknown) => reject(readFailure(payload, subject));
    try {
      call(resolve, fail);
    } catch (error) {
      fail(error);
    }
  });
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

/** Calls what answers at once; whatever it throws becomes a failure. */
export function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw readFailure(error);
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
