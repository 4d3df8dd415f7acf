import { type ActorRef, and, assign, type EventObject, enqueueActions, type Snapshot, setup } from 'xstate';
import { Failure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { required } from './required.js';
import type { Timing } from './timing.js';

/** What a lease hears from the owner: once, and never both. */
export type CodeAnswer = { type: 'CODE.GIVEN'; code: Secret } | { type: 'CODE.REFUSED'; failure: Failure };

/** Whoever wants a code, and keeps the host's login from being called again until the lease is freed. */
export type LeaseRef = ActorRef<Snapshot<unknown>, CodeAnswer, EventObject>;

export type CodesEvent =
  | { type: 'CODE.WANTED'; lease: LeaseRef }
  | { type: 'LEASE.FREED'; lease: LeaseRef }
  /** The server exchanged this code, so it holds this code's session key. */
  | { type: 'CODE.EXCHANGED'; code: Secret }
  | { type: 'LOGIN.ANSWERED'; call: number; calledAt: number; code: Secret }
  | { type: 'LOGIN.FAILED'; call: number; failure: Failure };

/** Tells the companion that calls the host to do so once. */
export type LoginCall = { type: 'LOGIN'; call: number; calledAt: number };

export interface CodesInput {
  now: () => number;
  timing: Timing;
  /** How long the host honours a code, in milliseconds. */
  codeLifetime: number;
}

export interface CodesContext extends CodesInput {
  /** Who waits for a code, in the order of asking. */
  waiting: readonly LeaseRef[];
  /** Who was given a code and has not freed it. */
  keeper: LeaseRef | null;
  /** Serial number of the login that is under way, or was the last. */
  call: number;
  calledAt: number;
  /** The newest code that nobody has taken. */
  unspent: Secret | null;
  unspentSince: number;
  /** The newest code that the host issued, taken or not. */
  newest: Secret | null;
  /** The code whose session key the server holds. */
  exchanged: Secret | null;
}

/**
 * The one owner of the host's login.
 *
 * A login replaces the session key (W-04), so logins never overlap (G-05) and none starts while a keeper still needs
 * the key of its code (G-03).
 */
export const codes = setup({
  types: {
    input: {} as CodesInput,
    context: {} as CodesContext,
    events: {} as CodesEvent,
    tags: {} as 'busy',
  },
  actors: {
    /** Calls the host's login at each `LOGIN`, and tells its answer however late it comes. */
    login: required.companion<undefined, LoginCall>('login'),
  },
  delays: {
    loginTimeout: ({ context }) => context.timing.login,
    untilNextLogin: ({ context }) => context.timing.loginInterval - sinceCall(context),
  },
  guards: {
    isWanted: ({ context }) => context.waiting.length > 0 && context.keeper === null,
    hasFreshCode: ({ context }) =>
      context.unspent !== null &&
      Math.abs(context.now() - context.unspentSince) < context.codeLifetime - context.timing.codeMargin,
    isTooSoon: ({ context }) => sinceCall(context) < context.timing.loginInterval,
    isThisCall: ({ context, event }) =>
      (event.type === 'LOGIN.ANSWERED' || event.type === 'LOGIN.FAILED') && event.call === context.call,
  },
  actions: {
    callHost: enqueueActions(({ context, enqueue }) => {
      const login: LoginCall = { type: 'LOGIN', call: context.call + 1, calledAt: context.now() };
      enqueue.assign({ call: login.call, calledAt: login.calledAt });
      enqueue.sendTo('login', login);
    }),
    /** Handing over and removing are one step: no code is given twice (G-01). */
    giveCode: enqueueActions(({ context, enqueue }) => {
      const [lease, ...waiting] = context.waiting;
      const code = context.unspent;
      if (!lease || !code) return;
      enqueue.assign({ waiting, keeper: lease, unspent: null });
      enqueue.sendTo(lease, { type: 'CODE.GIVEN', code });
    }),
    refuse: enqueueActions(({ context, enqueue }, { failure }: { failure: Failure }) => {
      const [lease, ...waiting] = context.waiting;
      if (!lease) return;
      enqueue.assign({ waiting });
      enqueue.sendTo(lease, { type: 'CODE.REFUSED', failure });
    }),
    /** Its age counts from the call, since the host does not say when it was issued (G-02). */
    keepCode: assign((_, { code, calledAt }: { code: Secret; calledAt: number }) => ({
      unspent: code,
      newest: code,
      unspentSince: calledAt,
    })),
  },
}).createMachine({
  id: 'codes',
  description: 'Owns the host’s login: one call at a time, one taker per code, and the age of each.',
  context: ({ input }) => ({
    ...input,
    waiting: [],
    keeper: null,
    call: 0,
    calledAt: Number.NEGATIVE_INFINITY,
    unspent: null,
    unspentSince: Number.NEGATIVE_INFINITY,
    newest: null,
    exchanged: null,
  }),
  invoke: { id: 'login', src: 'login' },
  initial: 'resting',
  on: {
    'CODE.WANTED': { actions: assign({ waiting: ({ context, event }) => [...context.waiting, event.lease] }) },
    'LEASE.FREED': {
      actions: assign({
        waiting: ({ context, event }) => context.waiting.filter((lease) => lease !== event.lease),
        keeper: ({ context, event }) => (context.keeper === event.lease ? null : context.keeper),
      }),
    },
    'CODE.EXCHANGED': { actions: assign({ exchanged: ({ event }) => event.code }) },
    'LOGIN.ANSWERED': {
      description:
        'A code that comes after its timer: still the newest, so the server’s key is stale and the next taker gets it (G-09).',
      actions: { type: 'keepCode', params: ({ event }) => event },
    },
  },
  states: {
    resting: {
      description: 'Serves whoever can be served without a login, and logs in only while nobody keeps the key.',
      always: [
        { guard: and(['isWanted', 'hasFreshCode']), actions: 'giveCode' },
        { guard: and(['isWanted', 'isTooSoon']), target: 'pausing' },
        { guard: 'isWanted', target: 'loggingIn' },
      ],
    },
    pausing: {
      description: 'Keeps the host’s limit of four logins a second (W-03, G-21).',
      tags: 'busy',
      after: { untilNextLogin: 'resting' },
    },
    loggingIn: {
      description: 'The host’s login is out. It may never call back (W-02), so our own timer ends the wait (G-09).',
      tags: 'busy',
      entry: 'callHost',
      on: {
        'LOGIN.ANSWERED': {
          guard: 'isThisCall',
          target: 'resting',
          actions: { type: 'keepCode', params: ({ event }) => event },
        },
        'LOGIN.FAILED': {
          guard: 'isThisCall',
          target: 'resting',
          actions: { type: 'refuse', params: ({ event }) => ({ failure: event.failure }) },
        },
      },
      after: {
        loginTimeout: {
          target: 'resting',
          actions: { type: 'refuse', params: () => ({ failure: new Failure('timeout') }) },
        },
      },
    },
  },
});

/** A call from the future says that the phone's clock was set back: nobody waits until it is reached again. */
function sinceCall({ now, calledAt }: Pick<CodesContext, 'now' | 'calledAt'>): number {
  const passed = now() - calledAt;
  return passed < 0 ? Number.POSITIVE_INFINITY : passed;
}

/**
 * Whether what the host encrypts now can be decrypted by the server: the newest code issued is the one whose key the
 * server holds (G-03).
 */
export function isServerKeyCurrent({ context }: { context: Pick<CodesContext, 'newest' | 'exchanged'> }): boolean {
  return context.newest !== null && context.newest === context.exchanged;
}
