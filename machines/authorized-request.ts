import { assign, setup } from 'xstate';
import { Failure, toFailure } from '../ports/failure.js';
import type { HttpRequest, HttpResponse } from '../ports/platform.js';
import type { Secret } from '../ports/secret.js';
import { required } from './required.js';
import type { KeptSession } from './session.js';
import type { Timing } from './timing.js';

export interface AuthorizedRequestInput {
  request: HttpRequest;
  timing: Timing;
}

export type AuthorizedRequestOutput = { response: HttpResponse; failure: null } | { response: null; failure: Failure };

/** An answer, and whether it says that the token is not accepted any more. */
export interface JudgedResponse {
  response: HttpResponse;
  rejectsToken: boolean;
}

export interface AuthorizedRequestContext extends AuthorizedRequestInput {
  session: KeptSession | null;
  response: HttpResponse | null;
  failure: Failure | null;
}

/** One request of the app with the session's token: sent, and sent once more if the token has to be renewed (G-05). */
export const authorizedRequest = setup({
  types: {
    input: {} as AuthorizedRequestInput,
    context: {} as AuthorizedRequestContext,
    output: {} as AuthorizedRequestOutput,
    events: {} as { type: 'CANCEL' },
    tags: {} as 'busy' | 'settled',
  },
  actors: {
    /** Somebody signed in, as for every caller of `ensure`. */
    ensureSession: required.task<KeptSession>('ensureSession'),
    /** The session after this token was rejected: one renewal for all who ask. */
    renewSession: required.task<KeptSession, Secret>('renewSession'),
    /** `Backend.authorize` and `Platform.request` */
    send: required.task<JudgedResponse, { request: HttpRequest; token: Secret }>('send'),
  },
  actions: {
    fail: assign((_, { error }: { error: unknown }) => ({ failure: toFailure(error) })),
    timeOut: assign({ failure: () => new Failure('timeout') }),
    takeAnswer: assign((_, { response }: JudgedResponse) => ({ response })),
  },
  guards: {
    isRejected: (_, { rejectsToken }: JudgedResponse) => rejectsToken,
    isSameUser: ({ context }, { user }: KeptSession) => user.id === context.session?.user.id,
  },
  delays: {
    requestTimeout: ({ context }) => context.timing.request,
    sessionTimeout: ({ context }) => context.timing.session,
  },
}).createMachine({
  id: 'authorizedRequest',
  description: 'Sends one request of the app with the session’s token.',
  context: ({ input }) => ({ ...input, session: null, response: null, failure: null }),
  initial: 'waitingForSession',
  on: { CANCEL: { target: '.failed', actions: { type: 'fail', params: () => ({ error: new Failure('cancelled') }) } } },
  states: {
    waitingForSession: {
      description: 'A request without anybody signed in would only be turned away.',
      tags: 'busy',
      invoke: {
        src: 'ensureSession',
        onDone: { target: 'sending', actions: assign({ session: ({ event }) => event.output }) },
        onError: { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
      },
      after: { sessionTimeout: { target: 'failed', actions: 'timeOut' } },
    },
    sending: {
      description: 'Any status is an answer to the app, but for the one that rejects the token.',
      tags: 'busy',
      invoke: {
        src: 'send',
        input: ({ context }) => withToken(context),
        onDone: [
          { guard: { type: 'isRejected', params: ({ event }) => event.output }, target: 'renewing' },
          { target: 'answered', actions: { type: 'takeAnswer', params: ({ event }) => event.output } },
        ],
        onError: { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
      },
      after: { requestTimeout: { target: 'failed', actions: 'timeOut' } },
    },
    renewing: {
      description: 'One renewal for all whose token was rejected (G-05).',
      tags: 'busy',
      invoke: {
        src: 'renewSession',
        input: ({ context }) => withToken(context).token,
        onDone: [
          {
            guard: { type: 'isSameUser', params: ({ event }) => event.output },
            target: 'replaying',
            actions: assign({ session: ({ event }) => event.output }),
          },
          {
            description: 'Somebody else has signed in meanwhile: one user’s request is not sent as another’s (G-06).',
            target: 'failed',
            actions: { type: 'fail', params: () => ({ error: new Failure('account-changed') }) },
          },
        ],
        onError: { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
      },
      after: { sessionTimeout: { target: 'failed', actions: 'timeOut' } },
    },
    replaying: {
      description: 'Sent once more, and never again: a second rejection is given up (G-05).',
      tags: 'busy',
      invoke: {
        src: 'send',
        input: ({ context }) => withToken(context),
        onDone: [
          {
            guard: { type: 'isRejected', params: ({ event }) => event.output },
            target: 'failed',
            actions: { type: 'fail', params: () => ({ error: new Failure('token-rejected') }) },
          },
          { target: 'answered', actions: { type: 'takeAnswer', params: ({ event }) => event.output } },
        ],
        onError: { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
      },
      after: { requestTimeout: { target: 'failed', actions: 'timeOut' } },
    },
    answered: { description: 'The app has its answer.', type: 'final', tags: 'settled' },
    failed: { description: 'The app has a reason instead.', type: 'final', tags: 'settled' },
  },
  output: ({ context: { response, failure } }): AuthorizedRequestOutput =>
    response ? { response, failure: null } : { response: null, failure: failure ?? new Failure('unknown') },
});

function withToken({ request, session }: AuthorizedRequestContext): { request: HttpRequest; token: Secret } {
  if (!session) throw new Failure('misconfigured', { message: 'A request needs a session before it is sent.' });
  return { request, token: session.token };
}
