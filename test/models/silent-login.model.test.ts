import { expect, it } from 'vitest';
import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import type { LeaseAnswer } from '../../machines/lease.js';
import { type SilentLoginEvent, silentLogin } from '../../machines/silent-login.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { refusalsOnBaidu } from './baidu.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();
let sendCode: ((answer: LeaseAnswer) => void) | null = null;
let tellOnline: (() => void) | null = null;

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = silentLogin.provide({
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
});

const REFUSALS: FailureKind[] = ['unregistered', 'offline', 'code-rejected', 'busy', 'rate-limited', 'unavailable'];
/** Why a code may be refused on any host. */
const ANYWHERE: readonly FailureKind[] = ['offline', 'timeout'];
const refusals = Object.fromEntries(REFUSALS.map((kind) => [kind, { error: new Failure(kind) }]));
const verdicts = {
  signIn: {
    ...refusals,
    'limited for a minute': { error: new Failure('rate-limited', { retryAfter: 60_000 }) },
    session: { value: aSession() },
  },
};

/** @param loginRefusals why the host may give no code */
function begin(inspect: (event: InspectionEvent) => void, loginRefusals: readonly FailureKind[] = ANYWHERE): Run {
  const { clock, moves: timerMoves, delays } = createChosenClock();
  const input = {
    createUser: true,
    withUnionId: false,
    expectedUserId: null,
    timing: defaultTiming,
    random: () => 0.5,
  };
  const actor = createActor(machine, { input, clock, inspect }).start();
  const answerCode = (answer: LeaseAnswer) => () => sendCode?.(answer);
  const send = (event: SilentLoginEvent) => () => actor.send(event);
  return {
    actor,
    moves: () => ({
      ...timerMoves(),
      ...calls.moves(verdicts),
      ...(sendCode && {
        'code given': answerCode({ type: 'CODE.GIVEN', code: secret('code') }),
        ...Object.fromEntries(
          loginRefusals.map((kind) => [
            `code refused: ${kind}`,
            answerCode({ type: 'CODE.REFUSED', failure: new Failure(kind) }),
          ]),
        ),
      }),
      ...(tellOnline && { 'network back': tellOnline }),
      ...(actor.getSnapshot().status === 'active' && {
        RETRY: send({ type: 'RETRY' }),
        CANCEL: send({ type: 'CANCEL' }),
      }),
    }),
    key() {
      const { value, context, status } = actor.getSnapshot();
      const { retried, failure } = context;
      return JSON.stringify([value, status, retried, failure?.kind, failure?.retryAfter, calls.names(), delays()]);
    },
  };
}

it.each([
  ['any host', ANYWHERE],
  ['Baidu', refusalsOnBaidu('login')],
])(
  'takes every declared transition of the silent login, and always has a way out, on %s (G-01, G-09, G-18, G-21)',
  (_, loginRefusals) => {
    const found = walk(
      machine,
      (inspect) => begin(inspect, loginRefusals),
      ({ actor, moves }) => {
        const { status, error, value, context, output } = actor.getSnapshot();
        if (status === 'error') return String(error);
        const isUnregistered = output?.failure?.kind === 'unregistered';
        if (isUnregistered !== (value === 'unregistered')) return `${output?.failure?.kind} ended in ${value}`;
        const isExchanging = JSON.stringify(value) === '{"attempting":"exchangingCode"}';
        if (context.code !== null && !isExchanging) return 'a code is kept after its exchange';
        const world = Object.keys(moves()).filter((name) => name !== 'RETRY' && name !== 'CANCEL');
        return status === 'active' && world.length === 0 ? 'nothing can happen any more' : null;
      },
    );
    expect(found.complaints).toEqual([]);
    expect(found.leftOut).toEqual([]);
    expect(found.states).toBeGreaterThan(10);
  },
);

it('is cancelled from wherever it waits, with a reason that says so (G-09)', () => {
  const paths = [[], ['code given'], ['code given', 'signIn: busy'], ['code given', 'signIn: offline']];
  for (const path of paths) {
    const { actor, moves } = begin(() => {});
    for (const name of [...path, 'CANCEL']) moves()[name]?.();
    expect(actor.getSnapshot()).toMatchObject({ status: 'done', output: { failure: { kind: 'cancelled' } } });
  }
});

it('gives up on an owner that has no code for it in time (G-09)', () => {
  const { actor, moves } = begin(() => {});
  moves()['timer 1 fires (30000 ms)']?.();
  expect(actor.getSnapshot()).toMatchObject({ status: 'done', output: { failure: { kind: 'timeout' } } });
});

it('does not try again where nobody is signed in to the host (B-01, B-07)', () => {
  const { actor, moves } = begin(() => {}, refusalsOnBaidu('login'));
  moves()['code refused: host-signed-out']?.();
  expect(actor.getSnapshot()).toMatchObject({
    status: 'done',
    output: { failure: { kind: 'host-signed-out' } },
    context: { retried: false },
  });
  expect(calls.names()).toEqual([]);
});
