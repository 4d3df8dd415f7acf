import { Failure } from '../../ports/failure.js';
import type { Platform } from '../../ports/platform.js';
import { type Secret, secret } from '../../ports/secret.js';
import { fieldIn, textIn } from '../host/fields.js';
import { ask, quietly } from './calls.js';
import { checkFailureIn, readFailure } from './failures.js';
import type { SwanHost } from './swan.js';

/** Whether nobody is signed in to Baidu; where the host does not tell (B-02), `false`. */
export function isSignedOut(host: SwanHost): boolean {
  return (
    fieldIn(
      quietly(() => host.isLoginSync?.()),
      'isLogin',
    ) === false
  );
}

/** Nobody is signed in to Baidu, as a failure. */
export function signedOut(raw?: unknown): Failure {
  return new Failure('host-signed-out', { message: 'Nobody is signed in to Baidu: show its login button.', raw });
}

/** The host's login code, and what became of it. */
export function sessionMembers(host: SwanHost): Pick<Platform, 'login' | 'checkSession'> {
  return {
    login: () =>
      ask<Secret>((answer, fail) => {
        // On some hosts the call would show a panel, and nobody is to be made to sign in who did not ask for it (B-07).
        if (isSignedOut(host)) throw signedOut();
        host.getLoginCode({
          success(result) {
            const code = textIn(result, 'code');
            if (code) answer(secret(code));
            else fail(reasonIn(result));
          },
          fail,
        });
      }),

    checkSession: () =>
      ask<boolean>((answer, fail) =>
        host.checkSession({
          // B-03: what once was a success with a no, is a failure now.
          success: (told) => answer(fieldIn(told, 'result') !== false),
          fail(reason) {
            const failure = checkFailureIn(reason);
            if (failure) fail(failure);
            else answer(false);
          },
        }),
      ),
  };
}

/** B-01: a success without a code is none; its number says why. */
function reasonIn(result: unknown): Failure {
  const failure = readFailure(result);
  if (failure.kind !== 'unknown') return failure;
  return new Failure('unknown', { message: 'getLoginCode:ok without a code', raw: result });
}
