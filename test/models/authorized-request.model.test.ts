import { expect, it } from 'vitest';
import { createActor, type InspectionEvent } from 'xstate';
import { authorizedRequest } from '../../machines/authorized-request.js';
import { wishFrom } from '../../machines/sign-in-options.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();
let sent = 0;

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = authorizedRequest.provide({
  actors: {
    ensureSession: calls.task('ensureSession'),
    renewSession: calls.task('renewSession'),
    send: calls.task('send'),
  },
});

const verdicts = {
  ensureSession: { session: { value: aSession() }, refused: { error: new Failure('unregistered') } },
  renewSession: {
    renewed: { value: aSession({ token: secret('token-2') }) },
    'somebody else': { value: aSession({ userId: 'user-2' }) },
    refused: { error: new Failure('unavailable') },
  },
  send: {
    answered: { value: 'an answer' },
    rejected: { error: new Failure('token-rejected') },
    offline: { error: new Failure('offline') },
  },
};

function begin(inspect: (event: InspectionEvent) => void): Run {
  sent = 0;
  const { clock, moves: timerMoves, delays } = createChosenClock();
  const input = { ask: () => Promise.resolve(), wish: wishFrom(), limit: defaultTiming.request, timing: defaultTiming };
  const actor = createActor(machine, { input, clock, inspect });
  actor.subscribe(({ value }) => {
    if (value === 'sending' || value === 'replaying') sent += 1;
  });
  actor.start();
  return {
    actor,
    moves: () => ({
      ...timerMoves(),
      ...calls.moves(verdicts),
      ...(actor.getSnapshot().status === 'active' && { CANCEL: () => actor.send({ type: 'CANCEL' }) }),
    }),
    key: () => JSON.stringify([actor.getSnapshot().value, actor.getSnapshot().output, calls.names(), delays()]),
  };
}

it('takes every declared transition of a request, which is sent twice at the most and always ends (G-05, G-09)', () => {
  const found = walk(machine, begin, ({ actor, moves }) => {
    const { status } = actor.getSnapshot();
    if (sent > 2) return `sent ${sent} times`;
    return status === 'active' && Object.keys(moves()).every((name) => name === 'CANCEL')
      ? 'nothing ends this wait'
      : null;
  });
  expect(found.complaints).toEqual([]);
  expect(found.leftOut).toEqual([]);
});
