import { expect } from 'vitest';
import { Failure, type FailureKind } from '../../../ports/failure.js';

/** That it is a failure of this kind, with words for a developer's log. */
export function expectFailure(error: unknown, kind: FailureKind): void {
  expect(error).toBeInstanceOf(Failure);
  expect(error).toMatchObject({ kind, message: expect.stringMatching(/\S/) });
}

/** What a call throws in this call stack. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return expect.fail('nothing was thrown');
}
