import { expect, vi } from 'vitest';
import { type FailureKind, toFailure } from '../../../ports/failure.js';
import type { HttpResponse } from '../../../ports/platform.js';
import type { Secret } from '../../../ports/secret.js';
import { type Outcome, watch, wordOf } from '../../support/app.js';
import { failureKinds } from './cells.js';
import { expectFailure } from './failures.js';
import { type Bench, type Check, LATE, SOON } from './rig.js';

const HOUR = 3_600_000;

/** A member that asks the host and is answered by a promise, or reads what a button of the host has answered. */
export interface Question<T> {
  ask(bench: Bench): PromiseLike<T>;
  isRight(answer: T): void;
}

export const login: Question<Secret> = {
  ask: ({ platform }) => platform.login(),
  isRight: (code) => expect(code.reveal()).toMatch(/\S/),
};

export const checkSession: Question<boolean> = {
  ask: ({ platform }) => platform.checkSession(),
  isRight: (answer) => expect(answer).toBe(true),
};

export const request: Question<HttpResponse> = {
  ask: ({ platform }) => platform.request({ url: 'https://server.test/echo' }),
  isRight: (response) => expect(response).toMatchObject({ status: 200, data: { ok: true } }),
};

/** What came of a question after everything that answers in time has answered. */
export async function outcomeOf<T>({ ask }: Question<T>, bench: Bench) {
  const asked = watch(Promise.resolve(ask(bench)));
  await bench.clock.advance(SOON);
  return asked.outcome;
}

/** The question is answered by a failure of this kind, and nothing is thrown. */
export async function expectRefusal<T>(question: Question<T>, bench: Bench, kind: FailureKind): Promise<void> {
  const outcome = await outcomeOf(question, bench);
  expect(outcome).toEqual({ failure: expect.anything() });
  if (typeof outcome === 'object' && 'failure' in outcome) expectFailure(outcome.failure, kind);
}

/** The question is answered by what is right, or by what `isRight` says instead. */
export function expectRight<T>(
  question: Question<T>,
  outcome: Outcome<T>,
  isRight: (answer: T) => void = question.isRight,
): void {
  if (typeof outcome === 'string' || !('value' in outcome)) expect.fail(`no answer: ${wordOf({ outcome })}`);
  isRight(outcome.value);
}

/** What must come of a question, for each thing that its host may do. */
export function askingChecks<T>(question: Question<T>) {
  return {
    success: async (bench) => expectRight(question, await outcomeOf(question, bench)),

    /** The charts own the timers (G-09): the adapter starts none, and gives no answer of its own. */
    'no answer': async (bench) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
      try {
        const asked = watch(Promise.resolve(question.ask(bench)));
        await bench.clock.advance(HOUR);
        expect(asked.outcome).toBe('pending');
        expect(vi.getTimerCount()).toBe(0);
      } finally {
        vi.useRealTimers();
      }
    },

    'late answer': async (bench) => {
      const { clock } = bench;
      const asked = watch(Promise.resolve(question.ask(bench)));
      await clock.advance(LATE - SOON);
      expect(asked.outcome).toBe('pending');
      await clock.advance(2 * SOON);
      expectRight(question, asked.outcome);
    },

    'two answers': async (bench) => {
      const heard: Outcome<T>[] = [];
      question.ask(bench).then(
        (value) => heard.push({ value }),
        (error: unknown) => heard.push({ failure: toFailure(error) }),
      );
      await bench.clock.advance(SOON);
      expect(heard).toHaveLength(1);
      for (const outcome of heard) expectRight(question, outcome);
    },

    'synchronous throw': (bench) => expectRefusal(question, bench, 'unknown'),
  } satisfies Record<string, Check>;
}

/** What must come of reading an event: it has come, so that only what it says matters. */
export function readingChecks<T>(question: Question<T>) {
  return {
    success: async (bench) => expectRight(question, await outcomeOf(question, bench)),
  } satisfies Record<string, Check>;
}

/** W-02: an empty code is no code. It is nobody's no, either (G-11). */
export async function expectNoEmptyCode(bench: Bench): Promise<void> {
  const outcome = await outcomeOf(login, bench);
  expect(outcome).toEqual({ failure: expect.objectContaining({ name: 'Failure' }) });
  if (typeof outcome !== 'object' || !('failure' in outcome)) return;
  expect(failureKinds.login.filter((kind) => kind !== 'denied')).toContain(outcome.failure.kind);
}

/** W-05: the host was asked, and said no. */
export async function expectNo(bench: Bench): Promise<void> {
  expect(await outcomeOf(checkSession, bench)).toEqual({ value: false });
}
