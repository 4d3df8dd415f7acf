import { expect } from 'vitest';
import type { Abilities } from '../../../ports/platform.js';
import type { Check } from './rig.js';

const WAYS = ['avatarNickname', 'getUserProfile', 'getUserInfo'];

function expectSound(abilities: Abilities): void {
  const { profileWays, ...others } = abilities;
  for (const [name, value] of Object.entries(others)) expect(value, name).toBeTypeOf('boolean');
  expect(new Set(profileWays).size).toBe(profileWays.length);
  expect(WAYS).toEqual(expect.arrayContaining([...profileWays]));
  if (abilities.phoneCode) expect(abilities.phone).toBe(true);
}

export const abilityChecks = {
  success({ platform }) {
    expectSound(platform.abilities);
    expect(platform.abilities).toEqual(platform.abilities);
  },

  /** What is not known is not promised: a code that does not come would be found out after the tap (G-03). */
  'synchronous throw'({ platform }) {
    expectSound(platform.abilities);
    expect(platform.abilities).toMatchObject({ phoneCode: false, signedProfile: false });
  },
} satisfies Record<string, Check>;
