import { expect, vi } from 'vitest';
import type { PrivacyAnswer } from '../../../ports/platform.js';
import { watch, wordOf } from '../../support/app.js';
import { expectRight, outcomeOf, type Question } from './asking.js';
import { readPhone } from './phone.js';
import { type Bench, type Check, LATE, SOON } from './rig.js';

type Setting = { isNeeded: boolean; contractName: string };

export const getPrivacySetting: Question<Setting> = {
  ask: ({ platform }) => platform.getPrivacySetting(),
  isRight: (setting) => expect(setting).toEqual({ isNeeded: false, contractName: expect.stringMatching(/\S/) }),
};

export const openPrivacyContract: Question<void> = {
  ask: ({ platform }) => platform.openPrivacyContract(),
  isRight: () => {},
};

export const expectNeeded: Check = async (bench) =>
  expectRight(getPrivacySetting, await outcomeOf(getPrivacySetting, bench), ({ isNeeded }) =>
    expect(isNeeded).toBe(true),
  );

/** The app shows a popup of its own, and then something is asked of the person that the guide has to cover. */
async function popUp(bench: Bench) {
  const answers: ((answer: PrivacyAnswer) => void)[] = [];
  bench.platform.onPrivacyNeeded((answer) => void answers.push(answer));
  expect(answers).toEqual([]);
  const asked = watch(Promise.resolve(readPhone.ask(bench)));
  await bench.clock.advance(SOON);
  expect(answers).toHaveLength(1);
  const answer = async (given: PrivacyAnswer) => {
    for (const tell of answers) tell(given);
    await bench.clock.advance(SOON);
  };
  return { asked, answer };
}

/** What must come of taking over the host's privacy popup, for each thing that may happen. */
export const privacyChecks = {
  async success(bench) {
    const { asked, answer } = await popUp(bench);
    await answer({ event: 'exposureAuthorization' });
    expect(wordOf(asked)).toBe('pending');
    const agreed = bench.agree();
    await bench.clock.advance(SOON);
    await answer(agreed);
    expect(wordOf(asked)).toBe('ok');
  },

  /** A person has no deadline (G-09). */
  async 'no answer'(bench) {
    const { asked } = await popUp(bench);
    await bench.clock.advance(60 * LATE);
    expect(wordOf(asked)).toBe('pending');
  },

  async 'late answer'(bench) {
    const { asked, answer } = await popUp(bench);
    await bench.clock.advance(LATE);
    await answer({ event: 'disagree' });
    expect(wordOf(asked)).toBe('privacy-refused');
  },

  /** A host that does not give its popup away shows it itself. */
  async 'synchronous throw'(bench) {
    const listener = vi.fn();
    bench.platform.onPrivacyNeeded(listener);
    watch(Promise.resolve(readPhone.ask(bench)));
    await bench.clock.advance(SOON);
    expect(listener).not.toHaveBeenCalled();
  },
} satisfies Record<string, Check>;
