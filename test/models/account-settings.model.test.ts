import { describe, expect, it } from 'vitest';
import { createActor, type InspectionEvent } from 'xstate';
import { accountSettings } from '../../machines/account-settings.js';
import { defaultTiming } from '../../machines/timing.js';
import type { AccountChanges } from '../../ports/account.js';
import type { User } from '../../ports/backend.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { refusalsOnBaidu } from './baidu.js';
import { createMap } from './paths.js';
import { recorded } from './recorded.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();

/** What was sent in this run. */
let sent: AccountChanges[] = [];

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = accountSettings.provide({
  actors: { setAccount: recorded(calls.task<User, AccountChanges>('setAccount'), (input) => sent.push(input)) },
});

const { user } = aSession();
const ENDS = new Map<FailureKind, string>([
  ['name-taken', 'nameTaken'],
  ['phone-taken', 'phoneTaken'],
  ['password-wrong', 'passwordWrong'],
  ['password-too-weak', 'passwordTooWeak'],
  ['offline', 'failed'],
  ['token-rejected', 'failed'],
  ['timeout', 'failed'],
  ['cancelled', 'failed'],
]);
// Nothing that Baidu says of a request is the person's to mend in the form.
for (const kind of refusalsOnBaidu('request')) ENDS.set(kind, 'failed');

const verdicts = {
  setAccount: {
    ...Object.fromEntries([...ENDS.keys()].map((kind) => [kind, { error: new Failure(kind) }])),
    user: { value: user },
  },
};
const changes = { username: 'xiaoming', currentPassword: secret('old password'), password: secret('new password') };

function begin(inspect: (event: InspectionEvent) => void): Run {
  sent = [];
  const { clock, moves: timerMoves, delays } = createChosenClock();
  const actor = createActor(machine, { input: { timing: defaultTiming }, clock, inspect }).start();
  return {
    actor,
    moves: () => ({
      ...timerMoves(),
      ...calls.moves(verdicts),
      SAVE: () => actor.send({ type: 'SAVE', changes }),
      CANCEL: () => actor.send({ type: 'CANCEL' }),
    }),
    key() {
      const { value, context, status } = actor.getSnapshot();
      return JSON.stringify([value, status, context.failure?.kind, context.user, calls.names(), delays()]);
    },
  };
}

function complaintAbout({ actor, moves }: Run): string | null {
  const { status, error, value, context } = actor.getSnapshot();
  if (status !== 'active') return `it ended: ${String(error)}`;
  const isSaving = value === 'saving';
  const timers = Object.keys(moves()).filter((name) => name.startsWith('timer'));
  if (calls.names().length !== (isSaving ? 1 : 0)) return `${calls.names().length} calls in ${JSON.stringify(value)}`;
  if (timers.length !== (isSaving ? 1 : 0)) return `${timers.length} timers in ${JSON.stringify(value)}`;
  const kind: FailureKind | undefined = context.failure?.kind;
  const ends = kind === undefined ? ['untouched', 'saved'] : [ENDS.get(kind)];
  if (isSaving ? kind !== undefined : !ends.includes(value.editable)) return `${kind} in ${JSON.stringify(value)}`;
  if (value.editable === 'saved' && context.user !== user) return 'saved, but nobody said so';
  if (Object.keys(context).join() !== 'timing,user,failure') return 'the changes are kept';
  return null;
}

describe('account settings', () => {
  const map = createMap();
  const marksOf = ({ actor }: Run) => {
    const snapshot = actor.getSnapshot();
    return [snapshot.hasTag('settled') ? 'settled' : 'busy', ...(snapshot.value.editable === 'saved' ? ['saved'] : [])];
  };
  const found = walk(machine, (inspect) => map.chart(begin(inspect), marksOf), complaintAbout);

  it('takes every declared transition, with one call out while it saves and none while it rests (G-09)', () => {
    expect(found.complaints.slice(0, 5)).toEqual([]);
    expect(found.leftOut).toEqual([]);
    expect(found.states).toBeGreaterThan(10);
  });

  it('comes to rest by its timers alone, and by CANCEL alone (G-09)', () => {
    expect(map.strandedFrom('settled', (move) => move.startsWith('timer'))).toEqual([]);
    expect(map.strandedFrom('settled', (move) => move === 'CANCEL')).toEqual([]);
  });

  it('can be saved after whatever went wrong', () => {
    expect(map.strandedFrom('saved', () => true)).toEqual([]);
  });

  it('ignores a second submit while the first is being saved', () => {
    const { actor, moves } = begin(() => {});
    for (const name of ['SAVE', 'SAVE', 'setAccount: user']) moves()[name]?.();
    expect(actor.getSnapshot().value).toEqual({ editable: 'saved' });
    expect(sent).toEqual([changes]);
  });

  it('fails by the name of the effect that nobody has provided', () => {
    const actor = createActor(accountSettings, { input: { timing: defaultTiming } }).start();
    actor.send({ type: 'SAVE', changes });
    expect(actor.getSnapshot().context.failure?.message).toContain('"setAccount"');
  });
});
