import { expect, it } from 'vitest';
import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import { type CodeAnswer, codes, isServerKeyCurrent, type LeaseRef, type LoginCall } from '../../machines/codes.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure } from '../../ports/failure.js';
import { type Secret, secret } from '../../ports/secret.js';
import { createChosenClock, type Run, walk } from './walk.js';

interface Answers {
  answered(call: LoginCall): void;
  failed(call: LoginCall): void;
}

let outstanding: LoginCall[] = [];
let host: Answers | null = null;

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = codes.provide({
  actors: {
    login: fromCallback<LoginCall, undefined>(({ receive, sendBack }) => {
      receive((call) => outstanding.push(call));
      host = {
        answered: ({ call, calledAt }) =>
          sendBack({ type: 'LOGIN.ANSWERED', call, calledAt, code: secret(`code-${call}`) }),
        failed: ({ call }) => sendBack({ type: 'LOGIN.FAILED', call, failure: new Failure('busy') }),
      };
    }),
  },
});

const LEASES = ['a', 'b'] as const;

/** A host that never answers would let calls pile up without end. */
const MOST_CALLS = 3;

interface CodesRun extends Run {
  /** Every code that was given, in order. */
  given: Secret[];
  /** Who holds a code, by name. */
  held: Map<string, Secret>;
  isKeyCurrent(): boolean;
  lateCalls(): number;
}

function begin(inspect: (event: InspectionEvent) => void): CodesRun {
  outstanding = [];
  const { clock, pass, moves: timerMoves, delays } = createChosenClock();
  const input = { now: () => clock.now(), timing: defaultTiming, codeLifetime: 5 * 60_000 };
  const actor = createActor(machine, { input, clock, inspect }).start();
  const given: Secret[] = [];
  const held = new Map<string, Secret>();
  const asking = new Set<string>();
  const leases = LEASES.map((name) => {
    const ref = createActor(
      fromCallback<CodeAnswer>(({ receive }) => {
        receive((answer) => {
          asking.delete(name);
          if (answer.type === 'CODE.REFUSED') return;
          given.push(answer.code);
          held.set(name, answer.code);
        });
      }),
    ).start();
    return [name, ref as LeaseRef] as const;
  });
  const forget = (call: LoginCall) => {
    outstanding = outstanding.filter((other) => other !== call);
  };
  return {
    actor,
    given,
    held,
    isKeyCurrent: () => isServerKeyCurrent(actor.getSnapshot()),
    lateCalls: () => outstanding.filter(({ call }) => call < actor.getSnapshot().context.call).length,
    moves() {
      const moves: Record<string, () => void> = { ...timerMoves() };
      for (const call of outstanding) {
        moves[`the host answers call ${call.call}`] = () => {
          forget(call);
          host?.answered(call);
        };
        moves[`the host refuses call ${call.call}`] = () => {
          forget(call);
          host?.failed(call);
        };
      }
      for (const [name, lease] of leases) {
        const code = held.get(name);
        if (!code && !asking.has(name)) {
          if (actor.getSnapshot().context.call >= MOST_CALLS) continue;
          moves[`${name} asks`] = () => {
            asking.add(name);
            actor.send({ type: 'CODE.WANTED', lease });
          };
        } else {
          moves[`${name} leaves`] = () => {
            asking.delete(name);
            held.delete(name);
            actor.send({ type: 'LEASE.FREED', lease });
          };
        }
        if (code)
          moves[`the server exchanges the code of ${name}`] = () => actor.send({ type: 'CODE.EXCHANGED', code });
      }
      const { unspent, unspentSince } = actor.getSnapshot().context;
      if (unspent && clock.now() - unspentSince < 5 * 60_000) moves['five minutes pass'] = () => pass(5 * 60_000);
      return moves;
    },
    key() {
      const { value, context } = actor.getSnapshot();
      const now = clock.now();
      return JSON.stringify([
        value,
        [...asking],
        [...held.keys()],
        context.waiting.length,
        context.unspent && now - context.unspentSince < 4.5 * 60_000,
        now - context.calledAt < defaultTiming.loginInterval,
        isServerKeyCurrent({ context }),
        context.call,
        outstanding.map(({ call }) => call),
        delays().length,
      ]);
    },
  };
}

it('takes every declared transition of the owner of the codes; no code is given twice, no key is lost under a keeper (G-01, G-03, G-05)', {
  timeout: 120_000,
}, () => {
  const found = walk(machine, begin, ({ actor, given, held, moves }) => {
    if (actor.getSnapshot().status !== 'active') return 'the owner ended';
    if (new Set(given).size !== given.length) return 'a code was given twice';
    if (held.size > 1) return 'two keep the key at once';
    const { value, context } = actor.getSnapshot();
    if (value === 'loggingIn' && held.size > 0 && context.keeper) return 'a login runs while the key is kept';
    if (
      context.waiting.length > 0 &&
      held.size === 0 &&
      Object.keys(moves()).every((name) => / (asks|leaves)$/.test(name))
    )
      return 'somebody waits for nothing';
    return null;
  });
  expect(found.complaints.slice(0, 5)).toEqual([]);
  expect(found.leftOut).toEqual([]);
});
