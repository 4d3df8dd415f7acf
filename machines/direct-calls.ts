import { createActor } from 'xstate';
import type { Session, User } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { endQuietly, judgeKey, takeCode } from './bind.js';
import type { AuthCore } from './create-auth.js';
import { directCall } from './direct-call.js';
import { fromTask } from './task.js';

/** How a call waits. */
export interface CallLimits {
  /** How long the backend may take, in milliseconds. */
  limit: number;
  /** Whether a person has just tapped for it, and so has left whatever sheet was open elsewhere (G-15). */
  isTapped?: boolean;
}

/** How a session was made, so that it can be renewed likewise. */
export interface SessionOrigin {
  withUnionId: boolean;
  byHost: boolean;
}

interface Question<T> extends CallLimits {
  /** `null`: it is called without a code. */
  ask: { withCode: (code: Secret) => PromiseLike<T> } | { withoutCode: () => PromiseLike<T> };
  /** Hears the answer in the stack in which the call ends, before anything else can happen. */
  take?: (answer: T) => void;
  /** Gets what comes when nobody waits any more. */
  takeLate?: (answer: T) => void;
}

export type DirectCalls = ReturnType<typeof directCalls>;

/**
 * Calls to the backend for a face that knows by itself what it wants: under the one owner of the host's login, each with
 * timers of its own, and called off by a sign-out. What is called off may still be done by the backend, but a session
 * that comes of it is ended (G-09).
 */
export function directCalls({ bindings, clock, pending, current, codes }: AuthCore) {
  const { backend, timing, tellCodes } = bindings;
  const lease = [takeCode(bindings), takeCode(bindings, { isTapped: true })] as const;

  function call<T>({ ask, limit, isTapped = false, take, takeLate }: Question<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let answer: { value: T } | null = null;
      let hasEnded = false;
      const logic = directCall.provide({
        actors: {
          keepKey: lease[isTapped ? 1 : 0],
          call: fromTask<void, Secret | null>(({ input: code }) => {
            if ('withCode' in ask && !code) throw new Failure('misconfigured', { message: 'There is no code.' });
            const asked = 'withCode' in ask ? code && ask.withCode(code) : ask.withoutCode();
            return asked?.then((value) => {
              if (hasEnded) takeLate?.(value);
              else answer = { value };
            });
          }),
        },
      });
      const needsCode = 'withCode' in ask;
      const actor = createActor(logic, { clock, input: { needsCode, limit, timing } });
      pending.add(actor);
      const settle = (failure: Failure | null) => {
        hasEnded = true;
        pending.delete(actor);
        if (answer && !failure) {
          take?.(answer.value);
          resolve(answer.value);
        } else {
          if (answer) takeLate?.(answer.value);
          reject(failure ?? new Failure('cancelled'));
        }
      };
      actor.subscribe({
        complete: () => settle(actor.getSnapshot().output?.failure ?? null),
        error: (error) => settle(toFailure(error)),
      });
      actor.start();
    });
  }

  const signIn = (question: Pick<Question<Session>, 'ask' | 'limit' | 'isTapped'>, origin: SessionOrigin) =>
    call<Session>({
      ...question,
      take: (session) => bindings.sessionRef().send({ type: 'SESSION.BROUGHT', session, ...origin }),
      takeLate: ({ token }) => endQuietly(backend, token),
    });

  return {
    current,

    /** Calls by itself. */
    plain: <T>(ask: () => PromiseLike<T>, limits: CallLimits): Promise<T> =>
      call({ ...limits, ask: { withoutCode: ask } }),

    /** Calls with a login code that nobody else gets, whose key is kept until the answer (G-01, G-03). */
    withCode: <T>(ask: (code: Secret) => PromiseLike<T>, limits: CallLimits): Promise<T> =>
      call({ ...limits, ask: { withCode: ask } }),

    /** Signs somebody in. Their session is the app's, unless a sign-out came first. */
    signIn: (ask: () => PromiseLike<Session>, origin: SessionOrigin, limits: CallLimits): Promise<Session> =>
      signIn({ ...limits, ask: { withoutCode: ask } }, origin),

    /** The same, with a login code as in `withCode`. */
    signInWithCode: (
      ask: (code: Secret) => PromiseLike<Session>,
      origin: SessionOrigin,
      limits: CallLimits,
    ): Promise<Session> => signIn({ ...limits, ask: { withCode: ask } }, origin),

    /** The owner of the codes hears what an exchange of one of them says of the server's key. */
    exchanged: <T>(code: Secret | null, exchange: PromiseLike<T>, userOf: (answer: T) => User): PromiseLike<T> =>
      judgeKey(bindings, code, exchange, userOf),

    /** The app has logged in to the host by itself, and brings the code of that (G-03). */
    noteForeignLogin: () => tellCodes({ type: 'LOGIN.FOREIGN' }),

    /** Whether the host has issued a newer key than the server's: what it encrypts now cannot be decrypted (G-03). */
    isKeyStale(): boolean {
      const { newest, exchanged } = codes().getSnapshot().context;
      return newest !== null && newest !== exchanged;
    },

    endQuietly: ({ token }: Session) => endQuietly(backend, token),
  };
}
