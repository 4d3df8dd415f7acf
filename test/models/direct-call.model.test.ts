import { expect, it } from 'vitest';
import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import { directCall } from '../../machines/direct-call.js';
import type { LeaseAnswer } from '../../machines/lease.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();
let sendCode: ((answer: LeaseAnswer) => void) | null = null;

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = directCall.provide({
  actors: {
    keepKey: fromCallback<LeaseAnswer>(({ sendBack }) => {
      sendCode = sendBack;
      return () => {
        sendCode = null;
      };
    }),
    call: calls.task('call'),
  },
});

const verdicts = { call: { answered: { value: undefined }, refused: { error: new Failure('code-rejected') } } };

const begin =
  (needsCode: boolean) =>
  (inspect: (event: InspectionEvent) => void): Run => {
    sendCode = null;
    const { clock, moves: timerMoves, delays } = createChosenClock();
    const input = { needsCode, limit: 15_000, timing: defaultTiming };
    const actor = createActor(machine, { input, clock, inspect }).start();
    return {
      actor,
      moves: () => ({
        ...timerMoves(),
        ...calls.moves(verdicts),
        ...(sendCode && {
          'code given': () => sendCode?.({ type: 'CODE.GIVEN', code: secret('code') }),
          'code refused': () => sendCode?.({ type: 'CODE.REFUSED', failure: new Failure('offline') }),
        }),
        ...(actor.getSnapshot().status === 'active' && { CANCEL: () => actor.send({ type: 'CANCEL' }) }),
      }),
      key() {
        const { value, context, status } = actor.getSnapshot();
        return JSON.stringify([value, status, context.failure?.kind, calls.names(), delays(), sendCode !== null]);
      },
    };
  };

it('takes every declared transition of a direct call, and always has a way out (G-01, G-03, G-09)', () => {
  const walks = [true, false].map((needsCode) =>
    walk(machine, begin(needsCode), ({ actor, moves }) => {
      const { status, error, value, context } = actor.getSnapshot();
      if (status === 'error') return String(error);
      const isAsking = JSON.stringify(value) === '{"keepingKey":"callingWithCode"}';
      if (context.code !== null && !isAsking) return 'a code is kept after its call';
      if (status !== 'active' && sendCode) return 'the key is kept after the call';
      if (status !== 'active' && (context.failure === null) !== (value === 'answered'))
        return 'it ended without a word';
      const timers = Object.keys(moves()).filter((name) => name.startsWith('timer'));
      return status === 'active' && timers.length !== 1 ? `${timers.length} timers in ${JSON.stringify(value)}` : null;
    }),
  );
  const [withCode, without] = walks.map(({ leftOut }) => leftOut);
  expect(walks.flatMap(({ complaints }) => complaints)).toEqual([]);
  expect(withCode?.filter((transition) => without?.includes(transition))).toEqual([]);
});
