import { fromCallback } from 'xstate';
import type { Backend, Session, SilentSignIn } from '../ports/backend.js';
import { type Failure, toFailure } from '../ports/failure.js';
import type { HttpRequest, Platform } from '../ports/platform.js';
import type { Secret } from '../ports/secret.js';
import { authorizedRequest, type JudgedResponse } from './authorized-request.js';
import { type CodeAnswer, type CodesEvent, codes, type LoginCall } from './codes.js';
import { type KeptSession, session } from './session.js';
import { silentLogin } from './silent-login.js';
import { storedSession } from './stored-session.js';
import { fromTask } from './task.js';

/** What flows are bound to: the two ports, the owner of the host's login, and the session they share. */
export interface Bindings {
  platform: Platform;
  backend: Backend;
  /** Sends to the owner of the codes. */
  tellCodes: (event: CodesEvent) => void;
  ensureSession: () => PromiseLike<KeptSession>;
  renewSession: (token: Secret) => PromiseLike<KeptSession>;
  /** Hears what goes wrong beside the flows. */
  onProblem: (failure: Failure) => void;
}

export function bindCodes({ platform }: Bindings) {
  return codes.provide({
    actors: {
      login: fromCallback<LoginCall, undefined>(({ receive, sendBack }) => {
        receive(({ call, calledAt }) => {
          platform.login().then(
            (code) => sendBack({ type: 'LOGIN.ANSWERED', call, calledAt, code } satisfies CodesEvent),
            (error: unknown) =>
              sendBack({ type: 'LOGIN.FAILED', call, failure: toFailure(error) } satisfies CodesEvent),
          );
        });
      }),
    },
  });
}

export function bindSession(bindings: Bindings) {
  const { platform, backend, onProblem } = bindings;
  return session.provide({
    actors: {
      readSession: fromTask<KeptSession | null>(() => storedSession.read(platform.storage, backend.name)),
      checkSession: fromTask<boolean>(() => platform.checkSession()),
      silentLogin: bindSilentLogin(bindings),
      signOut: fromTask<void, Secret>(({ input }) => backend.signOut(input)),
      watchShow: fromCallback(({ sendBack }) => platform.onShow(() => sendBack({ type: 'APP.SHOWN' }))),
    },
    actions: {
      persist: ({ context }) => {
        try {
          if (context.session) storedSession.write(platform.storage, backend.name, context.session);
          else storedSession.remove(platform.storage);
        } catch (error) {
          onProblem(toFailure(error));
        }
      },
    },
  });
}

function bindSilentLogin({ platform, backend, tellCodes }: Bindings) {
  return silentLogin.provide({
    actors: {
      keepKey: fromCallback<CodeAnswer>(({ self, receive, sendBack }) => {
        receive(sendBack);
        tellCodes({ type: 'CODE.WANTED', lease: self });
        return () => tellCodes({ type: 'LEASE.FREED', lease: self });
      }),
      /** The owner hears of the exchange even if the flow has given up waiting: the server holds that key now. */
      signIn: fromTask<Session, SilentSignIn>(
        ({ input }) =>
          backend.signIn(input).then((session) => {
            tellCodes({ type: 'CODE.EXCHANGED', code: input.code });
            return session;
          }),
        ({ token }) => endQuietly(backend, token),
      ),
      watchNetwork: fromCallback(({ sendBack }) => platform.onOnline(() => sendBack({ type: 'NETWORK.ONLINE' }))),
    },
  });
}

/** Forgets what the store holds, for a sign-out that finds no chart running. */
export function forgetStored({ platform, backend, onProblem }: Bindings): void {
  try {
    const stored = storedSession.read(platform.storage, backend.name);
    storedSession.remove(platform.storage);
    if (stored) endQuietly(backend, stored.token);
  } catch (error) {
    onProblem(toFailure(error));
  }
}

/** A session that nobody uses does not live on at the server, where it can be helped. */
function endQuietly(backend: Backend, token: Secret): void {
  const leaveIt = () => {};
  backend.signOut(token).then(leaveIt, leaveIt);
}

export function bindRequest({ platform, backend, ensureSession, renewSession }: Bindings) {
  return authorizedRequest.provide({
    actors: {
      ensureSession: fromTask<KeptSession>(ensureSession),
      renewSession: fromTask<KeptSession, Secret>(({ input }) => renewSession(input)),
      send: fromTask<JudgedResponse, { request: HttpRequest; token: Secret }>(({ input }) =>
        platform
          .request(backend.authorize(input.request, input.token))
          .then((response) => ({ response, rejectsToken: backend.rejectsToken(response) })),
      ),
    },
  });
}
