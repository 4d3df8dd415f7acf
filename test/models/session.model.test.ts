import { expect, it } from 'vitest';
import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import type { LeaseAnswer } from '../../machines/lease.js';
import { type KeptSession, type SessionEvent, session } from '../../machines/session.js';
import { keyOf } from '../../machines/sign-in-options.js';
import { silentLogin } from '../../machines/silent-login.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { abilitiesOnBaidu, refusalsOnBaidu } from './baidu.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();
let sendCode: ((answer: LeaseAnswer) => void) | null = null;
let tellOnline: (() => void) | null = null;
let stored: KeptSession | null = null;
let ended: KeptSession[] = [];

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = session.provide({
  actors: {
    readSession: calls.task('readSession'),
    checkSession: calls.task('checkSession'),
    signOut: calls.task('signOut'),
    watchShow: fromCallback(() => {}),
    silentLogin: silentLogin.provide({
      actors: {
        keepKey: fromCallback<LeaseAnswer>(({ sendBack }) => {
          sendCode = sendBack;
          return () => {
            sendCode = null;
          };
        }),
        signIn: calls.task('signIn'),
        watchNetwork: fromCallback(({ sendBack }) => {
          tellOnline = () => sendBack({ type: 'NETWORK.ONLINE' });
          return () => {
            tellOnline = null;
          };
        }),
      },
    }),
  },
  actions: {
    persist: ({ context }) => {
      stored = context.session;
    },
    endReplaced: ({ context }) => {
      if (context.session) ended.push(context.session);
    },
  },
});

const START = Date.UTC(1970, 0, 2);
const REFUSALS: FailureKind[] = ['unregistered', 'offline', 'account-changed', 'unavailable'];
const verdicts = {
  readSession: {
    nothing: { value: null },
    'a session': { value: aSession() },
    'a session about to end': { value: aSession({ expiresAt: START + defaultTiming.recheck + 1 }) },
    'a session that has ended': { value: aSession({ expiresAt: 0 }) },
    'a broken store': { error: new Failure('unknown') },
  },
  checkSession: {
    valid: { value: true },
    expired: { value: false },
    unsupported: { error: new Failure('unsupported') },
  },
  signIn: {
    'the same user': { value: aSession() },
    'another user': { value: aSession({ userId: 'user-2', token: secret('token-2') }) },
    ...Object.fromEntries(REFUSALS.map((kind) => [kind, { error: new Failure(kind) }])),
  },
  signOut: { done: { value: undefined }, unreachable: { error: new Failure('offline') } },
};

const plain = { createUser: true, withUnionId: false };
const withUnionId = { createUser: true, withUnionId: true };

interface SessionRun extends Run {
  /** Whoever asked and was not answered. */
  waiting: Set<string>;
  rest(): { isSettled: boolean; isWanted: boolean; session: KeptSession | null };
}

interface Circumstances {
  /** Whether the host can log in; a browser, which cannot, is walked with fewer moves (K-03). */
  canRenew: boolean;
  /** Whether callers wish for two things, one after the other: also that a unionid counts. */
  hasTwoWishes: boolean;
  /** Whether other flows bring sessions, and change the user. */
  hasOtherFlows: boolean;
  /** Why it may give no code. */
  loginRefusal: FailureKind;
}

const ANY_HOST: Circumstances = { canRenew: true, hasTwoWishes: true, hasOtherFlows: true, loginRefusal: 'timeout' };
const BROWSER: Circumstances = { ...ANY_HOST, canRenew: false, hasTwoWishes: false };

function begin(host: Circumstances, inspect: (event: InspectionEvent) => void): SessionRun {
  const { canRenew, hasTwoWishes, hasOtherFlows, loginRefusal } = host;
  stored = null;
  ended = [];
  const { clock, pass, moves: timerMoves, delays } = createChosenClock(START);
  const input = { now: () => clock.now(), random: () => 0.5, timing: defaultTiming, canRenew };
  const actor = createActor(machine, { input, clock, inspect });
  const waiting = new Set<string>();
  actor.on('ANSWERED', ({ key }) => waiting.delete(key));
  actor.on('RENEWED', () => waiting.delete('renewal'));
  actor.on('SIGNED_OUT', () => waiting.delete('sign-out'));
  actor.start();
  const ask = (who: string, event: SessionEvent) => () => {
    waiting.add(who);
    actor.send(event);
  };
  const bringing = hasOtherFlows ? ['user-1', 'user-2'].slice(canRenew ? 0 : 1) : [];
  const isTokenOver = () =>
    clock.now() >= (actor.getSnapshot().context.session?.expiresAt ?? 0) - defaultTiming.tokenMargin;
  const isCheckDue = () => clock.now() - actor.getSnapshot().context.checkedAt >= defaultTiming.recheck;
  return {
    actor,
    waiting,
    rest() {
      const { context } = actor.getSnapshot();
      return {
        isSettled: actor.getSnapshot().hasTag('settled'),
        isWanted: context.wishes.length > 0 || context.renewalWanted,
        session: context.session,
      };
    },
    moves: () => ({
      ...timerMoves(),
      ...calls.moves(verdicts),
      ...(sendCode && {
        'code given': () => sendCode?.({ type: 'CODE.GIVEN', code: secret('code') }),
        'code refused': () => sendCode?.({ type: 'CODE.REFUSED', failure: new Failure(loginRefusal) }),
      }),
      ...(tellOnline && { 'network back': tellOnline }),
      'ensure()': ask(keyOf(plain), { type: 'ENSURE', wish: plain }),
      ...(hasTwoWishes && {
        'ensure({ withUnionId })': ask(keyOf(withUnionId), { type: 'ENSURE', wish: withUnionId }),
      }),
      'the token is rejected': () => {
        const { session } = actor.getSnapshot().context;
        ask('renewal', { type: 'TOKEN.REJECTED', token: session?.token ?? secret('none') })();
      },
      'an old token is rejected': ask('renewal', { type: 'TOKEN.REJECTED', token: secret('old') }),
      ...Object.fromEntries(
        bringing.map((userId) => [
          `${userId} signs in by another flow`,
          () => {
            const session = aSession({ userId, token: secret('brought') });
            actor.send({ type: 'SESSION.BROUGHT', session, withUnionId: false, byHost: userId === 'user-1' });
          },
        ]),
      ),
      ...(canRenew &&
        hasOtherFlows && {
          'the user has a nickname now': () => {
            const { user } = aSession();
            actor.send({ type: 'USER.CHANGED', user: { ...user, nickname: '小红' } });
          },
        }),
      'the app is shown': () => actor.send({ type: 'APP.SHOWN' }),
      'sign out': ask('sign-out', { type: 'SIGN_OUT' }),
      ...(!isCheckDue() && { 'time passes': () => pass(defaultTiming.recheck) }),
    }),
    key() {
      const { value, context, children } = actor.getSnapshot();
      const login = children.silentLogin?.getSnapshot();
      return JSON.stringify([
        value,
        context.session && [
          context.session.user.id,
          context.session.user.nickname,
          context.session.expiresAt,
          isTokenOver(),
          context.session.withUnionId,
          context.session.byHost,
        ],
        [context.wishes, context.attempt, context.renewalWanted, context.leaving !== null],
        isCheckDue(),
        login && [login.value, login.context.retried, login.context.failure?.kind, login.context.expectedUserId],
        [calls.names(), delays(), [...waiting].sort()],
      ]);
    },
  };
}

function complaintAbout({ actor, waiting, rest, moves }: SessionRun): string | null {
  const { status, error } = actor.getSnapshot();
  if (status === 'error') return `the chart broke: ${error}`;
  const { isSettled, isWanted, session } = rest();
  const { value, context } = actor.getSnapshot();
  if (!context.canRenew && (typeof value === 'object' || value === 'expired'))
    return 'waits for a login that cannot come';
  if (isSettled && isWanted) return 'a wish outlives its answer';
  if (isSettled && waiting.size > 0) return `still waiting at rest: ${[...waiting].join(', ')}`;
  if (isSettled && stored !== null && stored !== session) return 'the store differs from the session';
  if (session && ended.includes(session)) return 'a session was ended that is still used';
  const own = /^(ensure|the token|an old token|the app|sign out|time passes|user-|the user)/;
  if (!isSettled && Object.keys(moves()).every((name) => own.test(name))) return 'nothing will end this wait';
  return null;
}

it('takes every declared transition of the session, and leaves nobody waiting (G-05 to G-09)', {
  timeout: 300_000,
}, () => {
  const found = walk(machine, (inspect) => begin(ANY_HOST, inspect), complaintAbout);
  const inBrowser = walk(machine, (inspect) => begin(BROWSER, inspect), complaintAbout);
  expect(inBrowser.complaints.slice(0, 5)).toEqual([]);
  expect(found.complaints.slice(0, 5)).toEqual([]);
  expect(found.leftOut.filter((label) => inBrowser.leftOut.includes(label))).toEqual([]);
  expect(found.states).toBeGreaterThan(100);
});

it('takes every declared transition of the session on Baidu, but for those of a host that cannot log in (B-01, B-03)', {
  timeout: 300_000,
}, () => {
  expect(refusalsOnBaidu('login')).toContain('host-signed-out');
  const onBaidu = { ...ANY_HOST, canRenew: abilitiesOnBaidu().login, loginRefusal: 'host-signed-out' } as const;
  // All of it at once is walked above; here in two halves, for time's sake.
  const found = [{ hasTwoWishes: false }, { hasOtherFlows: false }].map((half) =>
    walk(machine, (inspect) => begin({ ...onBaidu, ...half }, inspect), complaintAbout),
  );
  expect(found.flatMap(({ complaints }) => complaints.slice(0, 5))).toEqual([]);
  const [one = [], other = []] = found.map(({ leftOut }) => leftOut);
  expect(one.filter((label) => other.includes(label))).toEqual([
    'session.signingIn on always (1) to #session.deciding',
    'session.renewing on always (1) to #session.signedOut',
  ]);
});
