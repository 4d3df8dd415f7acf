import { type ActorRef, assign, type EventObject, enqueueActions, not, type Snapshot, setup } from 'xstate';
import { Failure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import type { KeyNeed, LeaseAnswer } from './lease.js';
import { required } from './required.js';
import type { Timing } from './timing.js';

/** Where the owner sends its answers. */
export type LeaseRef = ActorRef<Snapshot<unknown>, LeaseAnswer, EventObject>;

export type CodesEvent =
  | { type: 'KEY.WANTED'; lease: LeaseRef; need: KeyNeed }
  | { type: 'KEY.HELD'; lease: LeaseRef }
  /** `lease`: who tells, if they hold one; their own sheet is not left. */
  | { type: 'SHEETS.LEFT'; lease: LeaseRef | null }
  | { type: 'PROOF.WANTED'; lease: LeaseRef }
  | { type: 'ANSWER.GIVEN'; lease: LeaseRef }
  | { type: 'CODE.WANTED'; lease: LeaseRef }
  | { type: 'LEASE.FREED'; lease: LeaseRef }
  /** The server exchanged this code, so it holds this code's session key. */
  | { type: 'CODE.EXCHANGED'; code: Secret }
  /** The server could not read what the host encrypted: another device has replaced the key (G-20). */
  | { type: 'KEY.REFUSED' }
  /** Somebody else in the app has called the host's login, and brings its code: who knows when it was issued. */
  | { type: 'LOGIN.FOREIGN' }
  | { type: 'APP.SHOWN' }
  | { type: 'NETWORK.ONLINE' }
  | { type: 'LOGIN.ANSWERED'; call: number; calledAt: number; code: Secret }
  | { type: 'LOGIN.FAILED'; call: number; failure: Failure };

/** Tells the companion that calls the host to do so once. */
export type LoginCall = { type: 'LOGIN'; call: number; calledAt: number };

/**
 * How far a lease has come: from what it waits for to what it keeps.
 *
 * - `preparing`, `ready`: before a tap. What is ready may be lost to whoever needs a login
 * - `parked`: could not be made ready; a show, the network, or a late code tries again
 * - `held`: a sheet is open over the key
 * - `proving`, `takingCode`: waits for a proof, for a code
 * - `keeping`: the server is being told
 */
type Stage = 'preparing' | 'ready' | 'parked' | 'held' | 'proving' | 'takingCode' | 'keeping';

export interface Lease {
  readonly ref: LeaseRef;
  readonly stage: Stage;
  readonly need: KeyNeed;
}

export interface CodesInput {
  now: () => number;
  timing: Timing;
  /** How long the host honours a code, in milliseconds. */
  codeLifetime: number;
}

export interface CodesContext extends CodesInput {
  /** Who waits for something, or keeps it, in the order of asking. */
  leases: readonly Lease[];
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
  /** When the server's key was last known to be good. */
  keyCheckedAt: number;
}

/**
 * The one owner of the host's login, and so of the session key: a readers-writer lock.
 *
 * A login replaces the key (W-04). So logins never overlap (G-05), and none starts while somebody still needs the key:
 * from the tap that opens a sheet until the server has answered (G-03).
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
    /** `Platform.checkSession` */
    checkSession: required.task<boolean>('checkSession'),
    /** Sends `APP.SHOWN` each time the app comes to the foreground. */
    watchShow: required.companion('watchShow'),
    /** Sends `NETWORK.ONLINE` each time the network comes back. */
    watchNetwork: required.companion('watchNetwork'),
  },
  delays: {
    loginTimeout: ({ context }) => context.timing.login,
    checkTimeout: ({ context }) => context.timing.check,
    untilNextLogin: ({ context }) => context.timing.loginInterval - sinceCall(context),
    untilStale: ({ context }) => freshFor(context),
  },
  guards: {
    hasFreshCode: ({ context }) => hasFreshCode(context),
    hasLapsed: ({ context }) => context.leases.some((lease) => lease.stage === 'ready' && !isPrepared(context, lease)),
    canServe: ({ context }) => context.leases.some((lease) => answerTo(context, lease) !== null),
    wantsCheck: ({ context }) =>
      isServerKeyCurrent({ context }) &&
      !isKeyChecked(context) &&
      context.leases.some(({ stage, need }) => stage === 'preparing' && need === 'key'),
    isKeptWaiting: ({ context }) => isTooSoon(context) && !isKept(context) && context.leases.some(isWaiting),
    wantsLogin: ({ context }) => !isKept(context) && context.leases.some((lease) => needsLogin(context, lease)),
    isReady: ({ context }, { ref }: Pick<Lease, 'ref'>) =>
      context.leases.some((lease) => lease.ref === ref && (lease.stage === 'ready' || lease.stage === 'held')),
    isThisCall: ({ context, event }) =>
      (event.type === 'LOGIN.ANSWERED' || event.type === 'LOGIN.FAILED') && event.call === context.call,
    isValid: (_, { output }: { output: boolean }) => output,
  },
  actions: {
    /** Whoever asks again goes to the end of the queue. */
    enqueue: assign({
      leases: ({ context }, { ref, stage, need }: Lease) => [...without(context.leases, ref), { ref, stage, need }],
    }),
    advance: assign({
      leases: ({ context }, { ref, stage }: Pick<Lease, 'ref' | 'stage'>) =>
        context.leases.map((lease) => (lease.ref === ref ? { ...lease, stage } : lease)),
    }),
    free: assign({ leases: ({ context }, { ref }: Pick<Lease, 'ref'>) => without(context.leases, ref) }),
    lose: enqueueActions(({ context, enqueue }, { ref }: Pick<Lease, 'ref'>) => {
      enqueue.assign({ leases: without(context.leases, ref) });
      enqueue.sendTo(ref, { type: 'KEY.LOST' });
    }),
    /** A sheet covers the page: who taps elsewhere has left the earlier one (G-15). */
    loseOtherSheets: enqueueActions(({ context, enqueue }, { ref }: { ref: LeaseRef | null }) => {
      const left = context.leases.filter((lease) => lease.stage === 'held' && lease.ref !== ref);
      for (const lease of left) enqueue.sendTo(lease.ref, { type: 'KEY.LOST' });
      enqueue.assign({ leases: context.leases.filter((lease) => !left.includes(lease)) });
    }),
    serve: enqueueActions(({ context, enqueue }) => {
      for (const lease of context.leases) {
        const answer = answerTo(context, lease);
        if (!answer) continue;
        const { ref } = lease;
        const stage = answer.type === 'KEY.PROVED' && lease.need === 'quiet' ? 'held' : stageAfter[answer.type];
        enqueue.sendTo(ref, answer);
        enqueue.assign({
          leases: stage
            ? context.leases.map((other) => (other === lease ? { ...lease, stage } : other))
            : without(context.leases, ref),
        });
        // Handing over and removing are one step: no code is given twice (G-01).
        if ('code' in answer && answer.code === context.unspent) enqueue.assign({ unspent: null });
        return;
      }
    }),
    withdraw: enqueueActions(({ context, enqueue }) => {
      const lapsed = context.leases.filter((lease) => lease.stage === 'ready' && !isPrepared(context, lease));
      for (const { ref } of lapsed) enqueue.sendTo(ref, { type: 'KEY.LOST' });
      enqueue.assign({ leases: context.leases.map((lease) => (lapsed.includes(lease) ? unready(lease) : lease)) });
    }),
    tryAgain: assign({
      leases: ({ context }) =>
        context.leases.map((lease) => (lease.stage === 'parked' ? { ...lease, stage: 'preparing' as const } : lease)),
    }),
    withdrawAll: enqueueActions(({ context, enqueue }) => {
      for (const { ref, stage } of context.leases) if (stage === 'ready') enqueue.sendTo(ref, { type: 'KEY.LOST' });
      enqueue.assign({ leases: context.leases.map(unready) });
    }),
    callHost: enqueueActions(({ context, enqueue }) => {
      const login: LoginCall = { type: 'LOGIN', call: context.call + 1, calledAt: context.now() };
      enqueue.assign({ call: login.call, calledAt: login.calledAt });
      enqueue.sendTo('login', login);
    }),
    refuse: enqueueActions(({ context, enqueue }, { failure }: { failure: Failure }) => {
      const [first, ...others] = context.leases.filter((lease) => needsLogin(context, lease));
      if (!first) return;
      // Buttons at rest share the login that failed: nobody who asks after them waits for one failure each.
      const isIdle = ({ stage }: Lease) => stage === 'preparing';
      const refused = isIdle(first) ? [first, ...others.filter(isIdle)] : [first];
      for (const { ref } of refused) enqueue.sendTo(ref, { type: 'CODE.REFUSED', failure });
      enqueue.assign({
        leases: isIdle(first)
          ? context.leases.map((lease) => (refused.includes(lease) ? { ...lease, stage: 'parked' as const } : lease))
          : without(context.leases, first.ref),
      });
    }),
    /** Its age counts from the call, since the host does not say when it was issued (G-02). */
    keepCode: assign(({ context }, { code, calledAt }: { code: Secret; calledAt: number }) => ({
      unspent: code,
      newest: code,
      unspentSince: calledAt,
      // It makes ready whoever could not be made ready before.
      leases: context.leases.map((lease) =>
        lease.stage === 'parked' ? { ...lease, stage: 'preparing' as const } : lease,
      ),
    })),
    trustKey: assign({ keyCheckedAt: ({ context }) => context.now() }),
    distrustKey: assign({ exchanged: null }),
    forgetKeys: assign({ unspent: null, newest: null, exchanged: null }),
  },
}).createMachine({
  id: 'codes',
  description: 'Owns the host’s login: one call at a time, one taker per code, and no new key under an open sheet.',
  context: ({ input }) => ({
    ...input,
    leases: [],
    call: 0,
    calledAt: Number.NEGATIVE_INFINITY,
    unspent: null,
    unspentSince: Number.NEGATIVE_INFINITY,
    newest: null,
    exchanged: null,
    keyCheckedAt: Number.NEGATIVE_INFINITY,
  }),
  invoke: [{ id: 'login', src: 'login' }, { src: 'watchShow' }, { src: 'watchNetwork' }],
  initial: 'resting',
  on: {
    'KEY.WANTED': {
      actions: {
        type: 'enqueue',
        params: ({ event: { lease, need } }) => ({ ref: lease, stage: 'preparing', need }),
      },
    },
    'KEY.HELD': {
      actions: [
        { type: 'advance', params: ({ event }) => ({ ref: event.lease, stage: 'held' }) },
        { type: 'loseOtherSheets', params: ({ event }) => ({ ref: event.lease }) },
      ],
    },
    'SHEETS.LEFT': { actions: { type: 'loseOtherSheets', params: ({ event }) => ({ ref: event.lease }) } },
    'ANSWER.GIVEN': { actions: { type: 'advance', params: ({ event }) => ({ ref: event.lease, stage: 'keeping' }) } },
    'NETWORK.ONLINE': { actions: 'tryAgain' },
    'APP.SHOWN': { actions: 'tryAgain' },
    'PROOF.WANTED': [
      {
        description: 'Asked inside the tap, so nothing may come before it that can wait (G-10).',
        guard: { type: 'isReady', params: ({ event }) => ({ ref: event.lease }) },
        target: '.resting',
        actions: [
          { type: 'advance', params: ({ event }) => ({ ref: event.lease, stage: 'proving' }) },
          { type: 'loseOtherSheets', params: ({ event }) => ({ ref: event.lease }) },
        ],
      },
      {
        description:
          'Nothing was made ready for this answer, or it was lost since: who knows by which key it is sealed.',
        actions: { type: 'lose', params: ({ event }) => ({ ref: event.lease }) },
      },
    ],
    'CODE.WANTED': {
      actions: { type: 'enqueue', params: ({ event }) => ({ ref: event.lease, stage: 'takingCode', need: 'code' }) },
    },
    'LEASE.FREED': { actions: { type: 'free', params: ({ event }) => ({ ref: event.lease }) } },
    'CODE.EXCHANGED': { actions: [assign({ exchanged: ({ event }) => event.code }), 'trustKey'] },
    'KEY.REFUSED': { actions: 'distrustKey' },
    'LOGIN.FOREIGN': {
      description:
        'A login that was not ours has replaced the key: neither the server’s nor that of an unspent code is known to be the newest (G-03).',
      actions: 'forgetKeys',
    },
    'LOGIN.ANSWERED': {
      description:
        'A code that comes after its timer: still the newest, so the server’s key is stale and the next taker gets it (G-09).',
      target: '.resting',
      actions: { type: 'keepCode', params: ({ event }) => event },
    },
  },
  states: {
    resting: {
      description: 'Serves whoever can be served without a login, and logs in only while nobody keeps the key.',
      always: [
        { guard: 'hasLapsed', actions: 'withdraw' },
        { guard: 'canServe', actions: 'serve' },
        { guard: 'wantsCheck', target: 'checkingKey' },
        { guard: 'isKeptWaiting', target: 'pausing' },
        { guard: 'wantsLogin', target: 'loggingIn' },
      ],
      on: {
        'APP.SHOWN': {
          description: 'Timers stand still in the background: what was ready may have grown old meanwhile (G-02).',
          target: 'resting',
          reenter: true,
          actions: 'tryAgain',
        },
      },
      initial: 'empty',
      states: {
        empty: {
          description: 'There is no code that could be given away.',
          always: { guard: 'hasFreshCode', target: 'stocked' },
        },
        stocked: {
          description: 'A code waits for its taker, until it is too old (G-02).',
          always: { guard: not('hasFreshCode'), target: 'empty' },
          after: { untilStale: 'empty' },
        },
      },
    },
    checkingKey: {
      description:
        'Whether the session stands whose key the server holds. Silence counts as no: a code is sure (G-09).',
      tags: 'busy',
      invoke: {
        src: 'checkSession',
        onDone: [
          { guard: { type: 'isValid', params: ({ event }) => event }, target: 'resting', actions: 'trustKey' },
          { target: 'resting', actions: 'distrustKey' },
        ],
        onError: { target: 'resting', actions: 'distrustKey' },
      },
      after: { checkTimeout: { target: 'resting', actions: 'distrustKey' } },
    },
    pausing: {
      description: 'Keeps the host’s limit of four logins a second (W-03, G-21).',
      tags: 'busy',
      after: { untilNextLogin: 'resting' },
    },
    loggingIn: {
      description: 'The host’s login is out. It may never call back (W-02), so our own timer ends the wait (G-09).',
      tags: 'busy',
      entry: ['withdrawAll', 'callHost'],
      on: {
        'LOGIN.ANSWERED': [
          {
            guard: 'isThisCall',
            target: 'resting',
            actions: { type: 'keepCode', params: ({ event }) => event },
          },
          {
            description: 'The answer to an earlier call.',
            actions: { type: 'keepCode', params: ({ event }) => event },
          },
        ],
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

const stageAfter: Readonly<Record<LeaseAnswer['type'], Stage | null>> = {
  'KEY.READY': 'ready',
  'KEY.PROVED': 'keeping',
  'CODE.GIVEN': 'keeping',
  'KEY.LOST': null,
  'CODE.REFUSED': null,
};

/** What a lease that waits can be told without a login; `null` where it has to wait on. */
function answerTo(context: CodesContext, lease: Lease): LeaseAnswer | null {
  switch (lease.stage) {
    case 'preparing':
      return isPrepared(context, lease) ? { type: 'KEY.READY' } : null;
    case 'takingCode':
      return hasFreshCode(context) && context.unspent && !isKept(context)
        ? { type: 'CODE.GIVEN', code: context.unspent }
        : null;
    case 'proving':
      return proofFor(context, lease);
    default:
      return null;
  }
}

function proofFor(context: CodesContext, { need }: Lease): LeaseAnswer | null {
  // An exchange that is under way may be about to bring this very key to the server.
  if (context.leases.some(({ stage }) => stage === 'keeping')) return null;
  if (hasFreshCode(context)) return { type: 'KEY.PROVED', code: context.unspent };
  if (need !== 'code' && isServerKeyCurrent({ context })) return { type: 'KEY.PROVED', code: null };
  // Inside a tap a login may still start.
  return need === 'quiet' ? null : { type: 'KEY.LOST' };
}

function isPrepared(context: CodesContext, { need }: Lease): boolean {
  if (need === 'quiet') return !isKept(context) && !isTooSoon(context);
  if (hasFreshCode(context)) return true;
  return need === 'key' && isServerKeyCurrent({ context }) && isKeyChecked(context);
}

function needsLogin(context: CodesContext, lease: Lease): boolean {
  const { stage, need } = lease;
  if (stage === 'takingCode' || (stage === 'proving' && need === 'quiet')) return answerTo(context, lease) === null;
  return stage === 'preparing' && need !== 'quiet' && !isPrepared(context, lease);
}

function isWaiting({ stage }: Lease): boolean {
  return stage === 'preparing' || stage === 'takingCode' || stage === 'proving';
}

/** Somebody needs the key as it is. */
function isKept({ leases }: CodesContext): boolean {
  return leases.some(({ stage }) => stage === 'held' || stage === 'keeping');
}

function unready(lease: Lease): Lease {
  return lease.stage === 'ready' ? { ...lease, stage: 'preparing' } : lease;
}

function without(leases: readonly Lease[], ref: LeaseRef): readonly Lease[] {
  return leases.filter((lease) => lease.ref !== ref);
}

/** How much longer the code may be given away, in milliseconds; a clock that was set back counts against it. */
function freshFor({ now, unspentSince, codeLifetime, timing }: CodesContext): number {
  return codeLifetime - timing.codeMargin - Math.abs(now() - unspentSince);
}

function hasFreshCode(context: CodesContext): boolean {
  return context.unspent !== null && freshFor(context) > 0;
}

function isKeyChecked({ now, keyCheckedAt, timing }: CodesContext): boolean {
  return Math.abs(now() - keyCheckedAt) < timing.recheck;
}

function isTooSoon(context: CodesContext): boolean {
  return sinceCall(context) < context.timing.loginInterval;
}

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
