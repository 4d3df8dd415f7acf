import { assign, setup } from 'xstate';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { required } from './required.js';
import type { KeptSession } from './session.js';
import type { Wish } from './sign-in-options.js';
import { fromTask } from './task.js';
import type { Timing } from './timing.js';

export interface AuthorizedRequestInput {
  /** Asks the backend with this token; a `token-rejected` failure says that it is not accepted any more. */
  ask: (token: Secret) => PromiseLike<unknown>;
  /** What is wanted of a sign-in, where nobody is signed in yet. */
  wish: Wish;
  /** How long each answer may take, in milliseconds: an upload takes longer than a question. */
  limit: number;
  timing: Timing;
}

export type AuthorizedRequestOutput = { answer: unknown; failure: null } | { answer: null; failure: Failure };

export interface AuthorizedRequestContext extends AuthorizedRequestInput {
  session: KeptSession | null;
  answer: unknown;
  failure: Failure | null;
}

/** One request to the backend with the session's token: sent, and sent once more if the token has to be renewed (G-05). */
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
    ensureSession: required.task<KeptSession, Wish>('ensureSession'),
    /** The session after this token was rejected: one renewal for all who ask. */
    renewSession: required.task<KeptSession, Secret>('renewSession'),
    send: fromTask<unknown, { token: Secret; ask: AuthorizedRequestInput['ask'] }>(({ input }) =>
      input.ask(input.token),
    ),
  },
  actions: {
    fail: assign((_, { error }: { error: unknown }) => ({ failure: toFailure(error) })),
    timeOut: assign({ failure: () => new Failure('timeout') }),
    takeAnswer: assign((_, { output }: { output: unknown }) => ({ answer: output })),
  },
  guards: {
    isRejected: (_, { error }: { error: unknown }) => toFailure(error).kind === 'token-rejected',
    isSameUser: ({ context }, { user }: KeptSession) => user.id === context.session?.user.id,
  },
  delays: {
    requestTimeout: ({ context }) => context.limit,
    sessionTimeout: ({ context }) => context.timing.session,
  },
}).createMachine({
  id: 'authorizedRequest',
  description: 'One request to the backend with the session’s token: the app’s own, or a flow’s.',
  context: ({ input }) => ({ ...input, session: null, answer: null, failure: null }),
  initial: 'waitingForSession',
  on: { CANCEL: { target: '.failed', actions: { type: 'fail', params: () => ({ error: new Failure('cancelled') }) } } },
  states: {
    waitingForSession: {
      description: 'A request without anybody signed in would only be turned away.',
      tags: 'busy',
      invoke: {
        src: 'ensureSession',
        input: ({ context }) => context.wish,
        onDone: { target: 'sending', actions: assign({ session: ({ event }) => event.output }) },
        onError: { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
      },
      after: { sessionTimeout: { target: 'failed', actions: 'timeOut' } },
    },
    sending: {
      description: 'Whatever the backend says is an answer, but for the rejection of the token.',
      tags: 'busy',
      invoke: {
        src: 'send',
        input: ({ context }) => withToken(context),
        onDone: { target: 'answered', actions: { type: 'takeAnswer', params: ({ event }) => event } },
        onError: [
          { guard: { type: 'isRejected', params: ({ event }) => event }, target: 'renewing' },
          { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
        ],
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
        onDone: { target: 'answered', actions: { type: 'takeAnswer', params: ({ event }) => event } },
        onError: { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
      },
      after: { requestTimeout: { target: 'failed', actions: 'timeOut' } },
    },
    answered: { description: 'Whoever asked has an answer.', type: 'final', tags: 'settled' },
    failed: { description: 'Whoever asked has a reason instead.', type: 'final', tags: 'settled' },
  },
  output: ({ context: { answer, failure } }): AuthorizedRequestOutput =>
    failure ? { answer: null, failure } : { answer, failure: null },
});

function withToken({ ask, session }: AuthorizedRequestContext) {
  if (!session) throw new Failure('misconfigured', { message: 'A request needs a session before it is sent.' });
  return { ask, token: session.token };
}
