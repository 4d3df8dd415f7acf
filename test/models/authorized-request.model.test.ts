import { expect, it } from 'vitest';
import { createActor, type InspectionEvent } from 'xstate';
import { authorizedRequest } from '../../machines/authorized-request.js';
import { wishFrom } from '../../machines/sign-in-options.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { refusalsOnBaidu } from './baidu.js';
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

interface Host {
  /** Why a request may not reach the backend. */
  requestRefusals: readonly FailureKind[];
  /** Why nobody may be signed in, or in again. */
  loginRefusals: readonly FailureKind[];
}

const failures = (kinds: readonly FailureKind[]) =>
  Object.fromEntries(kinds.map((kind) => [kind, { error: new Failure(kind) }]));

const verdictsOn = ({ requestRefusals, loginRefusals }: Host) => ({
  ensureSession: { session: { value: aSession() }, ...failures(['unregistered', ...loginRefusals]) },
  renewSession: {
    renewed: { value: aSession({ token: secret('token-2') }) },
    'somebody else': { value: aSession({ userId: 'user-2' }) },
    ...failures(['unavailable', ...loginRefusals]),
  },
  send: { answered: { value: 'an answer' }, ...failures(['token-rejected', ...requestRefusals]) },
});

const onBaidu: Host = { requestRefusals: refusalsOnBaidu('request'), loginRefusals: refusalsOnBaidu('login') };

function begin(inspect: (event: InspectionEvent) => void, verdicts: ReturnType<typeof verdictsOn>): Run {
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

it.each<[name: string, host: Host]>([
  ['any host', { requestRefusals: ['offline'], loginRefusals: [] }],
  ['Baidu', onBaidu],
])(
  'takes every declared transition of a request, which is sent twice at the most and always ends, on %s (G-05, G-09)',
  (_, host) => {
    const verdicts = verdictsOn(host);
    const reasons = new Set<FailureKind>();
    const found = walk(
      machine,
      (inspect) => begin(inspect, verdicts),
      ({ actor, moves }) => {
        const { status, error, output } = actor.getSnapshot();
        if (status === 'error') return String(error);
        if (output?.failure) reasons.add(output.failure.kind);
        if (sent > 2) return `sent ${sent} times`;
        return status === 'active' && Object.keys(moves()).every((name) => name === 'CANCEL')
          ? 'nothing ends this wait'
          : null;
      },
    );
    expect(found.complaints).toEqual([]);
    expect(found.leftOut).toEqual([]);
    // Whatever the host says reaches whoever asked, as it was said (G-11).
    expect([...reasons]).toEqual(expect.arrayContaining([...host.requestRefusals, ...host.loginRefusals]));
  },
);

it('can be told on Baidu that nobody is signed in to the host, by a renewal (B-01)', () => {
  const { actor, moves } = begin(() => {}, verdictsOn(onBaidu));
  for (const name of ['ensureSession: session', 'send: token-rejected', 'renewSession: host-signed-out'])
    moves()[name]?.();
  expect(actor.getSnapshot()).toMatchObject({ status: 'done', output: { failure: { kind: 'host-signed-out' } } });
});
