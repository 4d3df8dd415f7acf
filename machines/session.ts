import { assign, emit, enqueueActions, type SnapshotFrom, sendTo, setup } from 'xstate';
import type { Session, User } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { required } from './required.js';
import { keyOf, type Wish } from './sign-in-options.js';
import { type SilentLoginOutput, silentLogin } from './silent-login.js';
import type { Timing } from './timing.js';

/** A session together with how it was made, so that it can be renewed likewise. */
export interface KeptSession extends Session {
  readonly withUnionId: boolean;
  /** Whether it was made by the host account, and so stands with the host's own session. One by a password does not. */
  readonly byHost: boolean;
  /** Whether this phone's clock can tell when the session ends: else the server alone can. */
  readonly isExpiryKnown: boolean;
}

export interface SessionInput {
  now: () => number;
  random: () => number;
  timing: Timing;
  /** Whether the host can log in by itself; where it cannot, a session that has ended is over (K-03). */
  canRenew: boolean;
}

export type SessionEvent =
  | { type: 'ENSURE'; wish: Wish }
  /** The backend does not accept this token. Whoever says so hears `RENEWED`. */
  | { type: 'TOKEN.REJECTED'; token: Secret }
  /** A person has signed in by another flow: that session is the app's now. */
  | { type: 'SESSION.BROUGHT'; session: Session; withUnionId: boolean; byHost: boolean }
  /** The backend tells this user anew. */
  | { type: 'USER.CHANGED'; user: User }
  | { type: 'APP.SHOWN' }
  | { type: 'SIGN_OUT' };

export type Answer = { session: KeptSession } | { failure: Failure };

export type SessionEmitted =
  /** To all who wished the same. */
  | { type: 'ANSWERED'; key: string; answer: Answer }
  /** To all whose token was rejected. */
  | { type: 'RENEWED'; answer: Answer }
  | { type: 'SIGNED_OUT' };

/** What a sign-in brought, and how it was made. */
export interface Fresh {
  session: Session | null;
  withUnionId: boolean;
  byHost: boolean;
}

export interface SessionContext extends SessionInput {
  session: KeptSession | null;
  /** Why the last attempt signed nobody in. */
  failure: Failure | null;
  /** What callers wait for, in the order of asking, each wish once (G-05). */
  wishes: readonly Wish[];
  /** The wish that is being fulfilled. */
  attempt: Wish | null;
  /** Whether callers wait for a renewal. */
  renewalWanted: boolean;
  /** When the host was last asked about its session, or a renewal was last tried. */
  checkedAt: number;
  /** The token that the server has yet to be told to forget. */
  leaving: Secret | null;
}

/** The session: restored, checked, renewed, and ended, for everybody in the app. */
export const session = setup({
  types: {
    input: {} as SessionInput,
    context: {} as SessionContext,
    events: {} as SessionEvent,
    emitted: {} as SessionEmitted,
    children: {} as { silentLogin: 'silentLogin' },
    tags: {} as 'busy' | 'settled',
  },
  actors: {
    /** The session that the store holds, or `null`. */
    readSession: required.task<KeptSession | null>('readSession'),
    /** `Platform.checkSession` */
    checkSession: required.task<boolean>('checkSession'),
    silentLogin,
    /** `Backend.signOut` */
    signOut: required.task<void, Secret>('signOut'),
    /** Sends `APP.SHOWN` each time the app comes to the foreground. */
    watchShow: required.companion('watchShow'),
  },
  actions: {
    /** Makes the store hold what the context holds: the session, or none. */
    persist: ({ context: _ }) => required.action('persist'),
    /** Tells the backend that the session which is about to be replaced has ended. */
    endReplaced: ({ context: _ }) => required.action('endReplaced'),

    queue: assign({
      wishes: ({ context }, { wish }: { wish: Wish }) =>
        context.wishes.some((other) => keyOf(other) === keyOf(wish)) ? context.wishes : [...context.wishes, wish],
    }),
    takeWish: assign({ attempt: ({ context }) => context.wishes[0] ?? context.attempt, failure: null }),
    wantRenewal: assign({ renewalWanted: true }),
    noteCheck: assign({ checkedAt: ({ context }) => context.now() }),

    answerOne: emit(
      ({ context }, { wish }: { wish: Wish }): SessionEmitted => ({
        type: 'ANSWERED',
        key: keyOf(wish),
        answer: answerOf(context),
      }),
    ),
    answerCovered: enqueueActions(({ context, enqueue }) => {
      for (const wish of context.wishes.filter((wish) => covers(context.session, wish))) {
        enqueue.emit({ type: 'ANSWERED', key: keyOf(wish), answer: answerOf(context) });
      }
      enqueue.assign({ wishes: context.wishes.filter((wish) => !covers(context.session, wish)) });
    }),
    /** The renewal failed not long ago: its reason holds for latecomers too (G-21). */
    refuseRenewal: emit(
      ({ context }): SessionEmitted => ({
        type: 'RENEWED',
        answer: { failure: context.failure ?? new Failure('token-rejected') },
      }),
    ),
    answerRenewal: emit(({ context }): SessionEmitted => ({ type: 'RENEWED', answer: answerOf(context) })),

    keep: enqueueActions(({ context, enqueue }, { session, withUnionId, byHost }: Fresh) => {
      if (!session) return;
      // One that seems to have ended when it comes says that the clock is wrong.
      const kept = { ...session, withUnionId, byHost, isExpiryKnown: isUnended(context, session) };
      enqueue.assign({ session: kept, failure: null, checkedAt: context.now(), renewalWanted: false });
      if (context.renewalWanted) enqueue.emit({ type: 'RENEWED', answer: { session: kept } });
    }),
    takeUser: assign({
      session: ({ context }, { user }: { user: User }) => context.session && { ...context.session, user },
    }),
    remember: assign((_, { failure }: { failure: Failure | null }) => ({ failure })),
    /** The attempt has ended: whoever wished for it hears how. */
    answerAttempt: enqueueActions(({ context, enqueue }) => {
      if (!context.attempt) return;
      const key = keyOf(context.attempt);
      enqueue.emit({
        type: 'ANSWERED',
        key,
        answer: context.failure ? { failure: context.failure } : answerOf(context),
      });
      enqueue.assign({ wishes: context.wishes.filter((wish) => keyOf(wish) !== key), attempt: null });
    }),
    /** Nobody is left waiting for what will not come. */
    refuseAll: enqueueActions(({ context, enqueue }, { failure }: { failure: Failure }) => {
      for (const wish of context.wishes) enqueue.emit({ type: 'ANSWERED', key: keyOf(wish), answer: { failure } });
      if (context.renewalWanted) enqueue.emit({ type: 'RENEWED', answer: { failure } });
      enqueue.assign({ wishes: [], renewalWanted: false, failure });
    }),
    leave: assign({ leaving: ({ context }) => context.session?.token ?? null, session: null }),
    drop: assign({ session: null }),
    /** Who signs out was not refused anything. */
    forgive: assign({ failure: null }),
  },
  guards: {
    hasSession: ({ context }) => context.session !== null,
    hasWish: ({ context }) => context.wishes.length > 0,
    isRenewalWanted: ({ context }) => context.renewalWanted && context.session !== null,
    cannotRenew: ({ context }) => !context.canRenew,
    isCheckDue: ({ context }) => Math.abs(context.now() - context.checkedAt) >= context.timing.recheck,
    isTokenExpired: ({ context }) => context.session !== null && !lastsOn(context, context.session),
    isCovered: ({ context }, { wish }: { wish: Wish }) => covers(context.session, wish),
    /** Covered, by a session that nobody has rejected and that has not ended. */
    isServed: ({ context }, { wish }: { wish: Wish }) =>
      context.session !== null &&
      covers(context.session, wish) &&
      !context.renewalWanted &&
      lastsOn(context, context.session),
    isApart: ({ context }) => context.session?.byHost === false,
    isThisUser: ({ context }, { user }: { user: User }) => context.session?.user.id === user.id,
    isCurrentToken: ({ context }, { token }: { token: Secret }) => context.session?.token === token,
    isStored: (_, { output }: { output: KeptSession | null }) => output !== null,
    isValid: (_, { output }: { output: boolean }) => output,
    isOffline: (_, { snapshot }: { snapshot: SnapshotFrom<typeof silentLogin> }) => snapshot.matches('offline'),
    hasFailed: (_, { session }: SilentLoginOutput) => session === null,
    /** There is no account any more, or the host account belongs to somebody else now. */
    isGone: (_, { session, failure }: SilentLoginOutput) =>
      session !== null || failure.kind === 'unregistered' || failure.kind === 'account-changed',
    isSameUser: ({ context }, { session }: { session: Session | null }) =>
      session !== null && session.user.id === context.session?.user.id,
  },
  delays: {
    restoreTimeout: ({ context }) => context.timing.restore,
    checkTimeout: ({ context }) => context.timing.check,
    signOutTimeout: ({ context }) => context.timing.signOut,
  },
}).createMachine({
  id: 'session',
  description: 'Is somebody signed in, and does it still hold? One answer for the whole app.',
  context: ({ input }) => ({
    ...input,
    session: null,
    failure: null,
    wishes: [],
    attempt: null,
    renewalWanted: false,
    checkedAt: Number.NEGATIVE_INFINITY,
    leaving: null,
  }),
  invoke: { src: 'watchShow' },
  initial: 'restoring',
  on: {
    ENSURE: {
      description: 'Callers wait for what is under way (G-05, G-08).',
      actions: { type: 'queue', params: ({ event }) => event },
    },
    'TOKEN.REJECTED': {
      description: 'That token is not in use any more: the newest session is the answer, or that there is none.',
      actions: 'answerRenewal',
    },
    'SESSION.BROUGHT': {
      description: 'What a person does on purpose wins over what is under way in silence, and may change the user.',
      target: '.signedIn',
      actions: ['endReplaced', { type: 'keep', params: ({ event }) => event }, 'persist', 'answerCovered'],
    },
    'USER.CHANGED': {
      guard: { type: 'isThisUser', params: ({ event }) => event },
      actions: [{ type: 'takeUser', params: ({ event }) => event }, 'persist'],
    },
    SIGN_OUT: [
      {
        guard: 'hasSession',
        target: '.signingOut',
        actions: [
          'leave',
          'persist',
          { type: 'refuseAll', params: () => ({ failure: new Failure('cancelled') }) },
          'forgive',
        ],
      },
      {
        target: '.signedOut',
        actions: [
          'persist',
          { type: 'refuseAll', params: () => ({ failure: new Failure('cancelled') }) },
          'forgive',
          emit({ type: 'SIGNED_OUT' }),
        ],
      },
    ],
  },
  states: {
    restoring: {
      description: 'Reads what the last run of the app left in the store.',
      tags: 'busy',
      invoke: {
        src: 'readSession',
        onDone: [
          {
            guard: { type: 'isStored', params: ({ event }) => event },
            target: 'checking',
            actions: assign({ session: ({ event }) => event.output }),
          },
          { target: 'deciding' },
        ],
        onError: {
          target: 'deciding',
          actions: { type: 'remember', params: ({ event }) => ({ failure: toFailure(event.error) }) },
        },
      },
      after: { restoreTimeout: 'deciding' },
    },
    checking: {
      description: 'Asks the host whether its session stands. Its silence is no reason to sign anybody out (G-09).',
      tags: 'busy',
      entry: 'noteCheck',
      always: [
        { guard: 'isTokenExpired', target: 'renewing' },
        {
          description: 'A session by a password says nothing of the host’s: only the server can end it (G-06).',
          guard: 'isApart',
          target: 'signedIn',
          actions: 'answerCovered',
        },
      ],
      invoke: {
        src: 'checkSession',
        onDone: [
          {
            guard: { type: 'isValid', params: ({ event }) => event },
            target: 'signedIn',
            actions: 'answerCovered',
          },
          { target: 'renewing' },
        ],
        onError: { target: 'signedIn', actions: 'answerCovered' },
      },
      on: {
        'TOKEN.REJECTED': {
          guard: { type: 'isCurrentToken', params: ({ event }) => event },
          target: 'renewing',
          actions: 'wantRenewal',
        },
      },
      after: { checkTimeout: { target: 'signedIn', actions: 'answerCovered' } },
    },
    deciding: {
      description: 'What next, once something has ended.',
      always: [
        { guard: 'hasWish', target: 'signingIn' },
        { guard: 'isRenewalWanted', target: 'renewing' },
        { guard: 'hasSession', target: 'signedIn' },
        { target: 'signedOut' },
      ],
    },
    signedOut: {
      description: 'Nobody is signed in. Nothing happens until somebody asks.',
      tags: 'settled',
      on: {
        ENSURE: { target: 'signingIn', actions: { type: 'queue', params: ({ event }) => event } },
      },
    },
    signingIn: {
      description: 'Fulfils one wish; the others wait their turn, so that no two are merged or overlap (G-05, G-06).',
      entry: 'takeWish',
      always: {
        description: 'A browser has no login of its own: the way in is a person’s (K-03).',
        guard: 'cannotRenew',
        target: 'deciding',
        actions: [{ type: 'remember', params: () => ({ failure: new Failure('token-rejected') }) }, 'answerAttempt'],
      },
      invoke: {
        id: 'silentLogin',
        src: 'silentLogin',
        input: ({ context: { attempt, timing, random } }) => {
          if (!attempt) throw new Failure('misconfigured', { message: 'Nobody wished to sign in.' });
          return { ...attempt, expectedUserId: null, timing, random };
        },
        onSnapshot: [
          { guard: { type: 'isOffline', params: ({ event }) => event }, target: '.offline' },
          { target: '.attempting' },
        ],
        onDone: [
          {
            guard: { type: 'hasFailed', params: ({ event }) => event.output },
            target: 'deciding',
            actions: [{ type: 'remember', params: ({ event }) => event.output }, 'answerAttempt'],
          },
          {
            target: 'deciding',
            actions: [
              {
                type: 'keep',
                params: ({ context, event }) => ({
                  session: event.output.session,
                  withUnionId: context.attempt?.withUnionId ?? false,
                  byHost: true,
                }),
              },
              'persist',
              'answerAttempt',
            ],
          },
        ],
      },
      on: {
        ENSURE: [
          {
            description: 'A session that stands already serves whoever it suffices.',
            guard: { type: 'isServed', params: ({ event }) => event },
            actions: { type: 'answerOne', params: ({ event }) => event },
          },
          { actions: { type: 'queue', params: ({ event }) => event } },
        ],
        'TOKEN.REJECTED': [
          { guard: { type: 'isCurrentToken', params: ({ event }) => event }, actions: 'wantRenewal' },
          { description: 'The newest is rejected too: the renewal will answer both.', guard: 'isRenewalWanted' },
          { actions: 'answerRenewal' },
        ],
      },
      initial: 'attempting',
      states: {
        attempting: { description: 'The silent login is under way.', tags: 'busy' },
        offline: {
          description: 'Callers are told; the attempt goes on by itself when the network is back.',
          tags: 'settled',
          entry: { type: 'refuseAll', params: () => ({ failure: new Failure('offline') }) },
          on: {
            ENSURE: [
              {
                description: 'A session that stands already serves whoever it suffices.',
                guard: { type: 'isServed', params: ({ event }) => event },
                actions: { type: 'answerOne', params: ({ event }) => event },
              },
              {
                target: '#session.signingIn',
                reenter: true,
                actions: { type: 'queue', params: ({ event }) => event },
              },
            ],
            'TOKEN.REJECTED': [
              {
                guard: { type: 'isCurrentToken', params: ({ event }) => event },
                target: '#session.renewing',
                actions: 'wantRenewal',
              },
              { actions: 'answerRenewal' },
            ],
            'APP.SHOWN': { guard: 'isCheckDue', actions: ['noteCheck', sendTo('silentLogin', { type: 'RETRY' })] },
          },
        },
      },
    },
    signedIn: {
      description: 'The session stands. The server may still say otherwise, and so may the host on the next show.',
      tags: 'settled',
      always: { guard: 'hasWish', target: 'signingIn' },
      on: {
        ENSURE: [
          { guard: 'isTokenExpired', target: 'renewing', actions: { type: 'queue', params: ({ event }) => event } },
          {
            guard: { type: 'isCovered', params: ({ event }) => event },
            actions: { type: 'answerOne', params: ({ event }) => event },
          },
          { target: 'signingIn', actions: { type: 'queue', params: ({ event }) => event } },
        ],
        'TOKEN.REJECTED': [
          {
            guard: { type: 'isCurrentToken', params: ({ event }) => event },
            target: 'renewing',
            actions: 'wantRenewal',
          },
          { actions: 'answerRenewal' },
        ],
        'APP.SHOWN': { guard: 'isCheckDue', target: 'checking' },
      },
    },
    renewing: {
      description: 'A silent login that creates nobody and changes nobody: the same user, or no session (G-06).',
      entry: 'noteCheck',
      always: {
        description: 'In a browser only a person can sign in again (K-03).',
        guard: 'cannotRenew',
        target: 'signedOut',
        actions: ['drop', 'persist', { type: 'refuseAll', params: () => ({ failure: new Failure('token-rejected') }) }],
      },
      invoke: {
        id: 'silentLogin',
        src: 'silentLogin',
        input: ({ context: { session, timing, random } }) => {
          if (!session) throw new Failure('misconfigured', { message: 'There is no session to renew.' });
          const { user, withUnionId } = session;
          return { createUser: false, withUnionId, expectedUserId: user.id, timing, random };
        },
        onSnapshot: [
          { guard: { type: 'isOffline', params: ({ event }) => event }, target: '.offline' },
          { target: '.attempting' },
        ],
        onDone: [
          {
            guard: { type: 'isSameUser', params: ({ event }) => event.output },
            target: 'signedIn',
            actions: [
              {
                type: 'keep',
                params: ({ context, event }) => ({
                  session: event.output.session,
                  withUnionId: context.session?.withUnionId ?? false,
                  byHost: true,
                }),
              },
              'persist',
              'answerCovered',
            ],
          },
          {
            guard: { type: 'isGone', params: ({ event }) => event.output },
            target: 'signedOut',
            actions: ['drop', 'persist', { type: 'refuseAll', params: ({ event }) => reasonOf(event.output) }],
          },
          { target: 'expired', actions: { type: 'refuseAll', params: ({ event }) => reasonOf(event.output) } },
        ],
      },
      on: { 'TOKEN.REJECTED': { actions: 'wantRenewal' } },
      initial: 'attempting',
      states: {
        attempting: { description: 'The silent login is under way.', tags: 'busy' },
        offline: {
          description: 'Callers are told; the renewal goes on by itself when the network is back.',
          tags: 'settled',
          entry: { type: 'refuseAll', params: () => ({ failure: new Failure('offline') }) },
          on: {
            ENSURE: {
              actions: [{ type: 'queue', params: ({ event }) => event }, sendTo('silentLogin', { type: 'RETRY' })],
            },
            'TOKEN.REJECTED': { actions: ['wantRenewal', sendTo('silentLogin', { type: 'RETRY' })] },
            'APP.SHOWN': { guard: 'isCheckDue', actions: ['noteCheck', sendTo('silentLogin', { type: 'RETRY' })] },
          },
        },
      },
    },
    expired: {
      description: 'The user is known, but the renewal failed for now. The next caller, or a later show, tries again.',
      tags: 'settled',
      on: {
        ENSURE: { target: 'renewing', actions: { type: 'queue', params: ({ event }) => event } },
        'TOKEN.REJECTED': [
          { guard: 'isCheckDue', target: 'renewing', actions: 'wantRenewal' },
          { actions: 'refuseRenewal' },
        ],
        'APP.SHOWN': { guard: 'isCheckDue', target: 'renewing' },
      },
    },
    signingOut: {
      description: 'Signed out here already; the server is told as well as can be.',
      tags: 'busy',
      invoke: {
        src: 'signOut',
        input: ({ context: { leaving } }) => {
          if (!leaving) throw new Failure('misconfigured', { message: 'Nobody signs out.' });
          return leaving;
        },
        onDone: 'deciding',
        onError: 'deciding',
      },
      on: {
        SIGN_OUT: {
          actions: [{ type: 'refuseAll', params: () => ({ failure: new Failure('cancelled') }) }, 'forgive'],
        },
      },
      after: { signOutTimeout: 'deciding' },
      exit: [assign({ leaving: null }), emit({ type: 'SIGNED_OUT' })],
    },
  },
});

function reasonOf({ failure }: SilentLoginOutput): { failure: Failure } {
  return { failure: failure ?? new Failure('account-changed') };
}

function answerOf({ session, failure }: Pick<SessionContext, 'session' | 'failure'>): Answer {
  return session ? { session } : { failure: failure ?? new Failure('cancelled') };
}

function lastsOn(time: Pick<SessionContext, 'now' | 'timing'>, session: KeptSession): boolean {
  return !session.isExpiryKnown || isUnended(time, session);
}

function isUnended({ now, timing }: Pick<SessionContext, 'now' | 'timing'>, { expiresAt }: Session): boolean {
  return now() < expiresAt - timing.tokenMargin;
}

function covers(session: KeptSession | null, wish: Wish): boolean {
  return session !== null && (session.withUnionId || !wish.withUnionId);
}

/** The session that may be used at once; `null` where there is none, or a renewal has to come first. */
export function standingSession(state: SnapshotFrom<typeof session>): KeptSession | null {
  const { context } = state;
  const stands = !context.renewalWanted && !state.matches('renewing') && !state.matches('expired');
  return stands && context.session && lastsOn(context, context.session) ? context.session : null;
}
