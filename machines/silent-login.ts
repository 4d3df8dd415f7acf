import { assign, setup } from 'xstate';
import type { Session, SilentSignIn } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import type { CodeAnswer, LeaseAnswer } from './lease.js';
import { required } from './required.js';
import type { Timing } from './timing.js';

export interface SilentLoginInput extends Omit<SilentSignIn, 'code'> {
  timing: Timing;
  /** Jitter for the back-off: at least 0 and below 1. */
  random: () => number;
}

/** A session, or why there is none; `unregistered` where there is no account and none was to be made (G-18). */
export type SilentLoginOutput = { session: Session; failure: null } | { session: null; failure: Failure };

export type SilentLoginEvent = CodeAnswer | { type: 'NETWORK.ONLINE' } | { type: 'RETRY' } | { type: 'CANCEL' };

export interface SilentLoginContext extends SilentLoginInput {
  code: Secret | null;
  session: Session | null;
  failure: Failure | null;
  /** Whether the one automatic retry was spent (G-01). */
  retried: boolean;
}

/** The silent login: a code from the host, exchanged by the backend for a session, with nobody asked anything. */
export const silentLogin = setup({
  types: {
    input: {} as SilentLoginInput,
    context: {} as SilentLoginContext,
    events: {} as SilentLoginEvent,
    output: {} as SilentLoginOutput,
    tags: {} as 'busy' | 'settled',
  },
  actors: {
    /** Asks the owner of the codes for one, and keeps its session key from being replaced while it lives (G-03). */
    keepKey: required.companion<unknown, LeaseAnswer>('keepKey'),
    /** `Backend.signIn` */
    signIn: required.task<Session, SilentSignIn>('signIn'),
    /** Sends `NETWORK.ONLINE` each time the network comes back. */
    watchNetwork: required.companion('watchNetwork'),
  },
  delays: {
    codeTimeout: ({ context }) => context.timing.code,
    exchangeTimeout: ({ context }) => context.timing.exchange,
    backOff: ({ context }) => leastWait(context) * (1 + context.random()),
  },
  guards: {
    isUnregistered: ({ context }) => context.failure?.kind === 'unregistered',
    isOffline: ({ context }) => context.failure?.kind === 'offline',
    isCodeRefused: ({ context }) => context.failure?.kind === 'code-rejected' && !context.retried,
    isWorthWaiting: ({ context }) =>
      (context.failure?.kind === 'busy' || context.failure?.kind === 'rate-limited') &&
      !context.retried &&
      leastWait(context) <= context.timing.longestBackOff,
  },
  actions: {
    remember: assign((_, { failure }: { failure: Failure }) => ({ failure })),
    startAfresh: assign({ retried: false, failure: null }),
    spendRetry: assign({ retried: true }),
  },
}).createMachine({
  id: 'silentLogin',
  description: 'Who is the user of this host account? Answered without a tap.',
  context: ({ input }) => ({ ...input, code: null, session: null, failure: null, retried: false }),
  initial: 'attempting',
  on: {
    CANCEL: { target: '.failed', actions: { type: 'remember', params: () => ({ failure: new Failure('cancelled') }) } },
  },
  states: {
    attempting: {
      description:
        'One code, one exchange. The key of the code is kept until the server has answered; leaving frees it.',
      tags: 'busy',
      invoke: { id: 'keepKey', src: 'keepKey' },
      initial: 'takingCode',
      states: {
        takingCode: {
          description: 'Waits for a fresh code from the owner of the host’s login (G-01, G-02).',
          on: {
            'CODE.GIVEN': { target: 'exchangingCode', actions: assign({ code: ({ event }) => event.code }) },
            'CODE.REFUSED': {
              target: '#silentLogin.judging',
              actions: { type: 'remember', params: ({ event }) => ({ failure: event.failure }) },
            },
          },
          after: {
            codeTimeout: {
              target: '#silentLogin.failed',
              actions: { type: 'remember', params: () => ({ failure: new Failure('timeout') }) },
            },
          },
        },
        exchangingCode: {
          description: 'The server exchanges the code. It is forgotten here at once: a retry takes another (G-01).',
          invoke: {
            src: 'signIn',
            input: ({ context: { code, createUser, withUnionId, expectedUserId } }) => {
              if (!code) throw new Failure('misconfigured', { message: 'There is no code to exchange.' });
              return { code, createUser, withUnionId, expectedUserId };
            },
            onDone: {
              target: '#silentLogin.signedIn',
              actions: assign({ session: ({ event }) => event.output, failure: null }),
            },
            onError: {
              target: '#silentLogin.judging',
              actions: { type: 'remember', params: ({ event }) => ({ failure: toFailure(event.error) }) },
            },
          },
          after: {
            exchangeTimeout: {
              target: '#silentLogin.failed',
              actions: { type: 'remember', params: () => ({ failure: new Failure('timeout') }) },
            },
          },
          exit: assign({ code: null }),
        },
      },
    },
    judging: {
      description: 'One automatic retry at the most, whatever the reason (G-01, G-21).',
      always: [
        { guard: 'isUnregistered', target: 'unregistered' },
        { guard: 'isOffline', target: 'offline' },
        { guard: 'isCodeRefused', target: 'attempting', actions: 'spendRetry' },
        { guard: 'isWorthWaiting', target: 'backingOff', actions: 'spendRetry' },
        { target: 'failed' },
      ],
    },
    backingOff: {
      description:
        'The host or the server is busy or limits us; wait with jitter, so that phones do not return as one.',
      tags: 'busy',
      after: { backOff: 'attempting' },
    },
    offline: {
      description: 'Nothing can be done until the network is back, or somebody wants to try again.',
      tags: 'settled',
      invoke: { src: 'watchNetwork' },
      on: {
        'NETWORK.ONLINE': { target: 'attempting', actions: 'startAfresh' },
        RETRY: { target: 'attempting', actions: 'startAfresh' },
      },
    },
    signedIn: { description: 'The backend knows the user.', type: 'final', tags: 'settled' },
    unregistered: {
      description: 'The host account is known, but nobody is registered with it, and none was to be created (G-18).',
      type: 'final',
      tags: 'settled',
    },
    failed: { description: 'A reason for the caller, who may try anew.', type: 'final', tags: 'settled' },
  },
  output: ({ context: { session, failure } }): SilentLoginOutput =>
    session ? { session, failure: null } : { session: null, failure: failure ?? new Failure('unknown') },
});

function leastWait({ failure, timing }: SilentLoginContext): number {
  return Math.max(failure?.retryAfter ?? 0, timing.backOff);
}
