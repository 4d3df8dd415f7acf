import { expect } from 'vitest';
import type { HostProfile } from '../../../ports/profile.js';
import { expectRight, outcomeOf, type Question } from './asking.js';
import type { Check } from './rig.js';

const isRight = (profile: HostProfile) =>
  expect(profile).toMatchObject({
    nickname: expect.stringMatching(/\S/),
    avatarUrl: expect.stringMatching(/^https:/),
    isAnonymous: false,
  });

/** The person taps, and is asked. */
export const getUserProfile: Question<HostProfile> = {
  ask: ({ device, platform }) => device.tap(() => platform.getUserProfile({ desc: '用于完善会员资料', lang: 'zh_CN' })),
  isRight,
};

export const getUserInfo: Question<HostProfile> = {
  ask: ({ platform }) => platform.getUserInfo({ lang: 'zh_CN' }),
  isRight,
};

/** The profile button is pressed, and its event read. */
export const readUserInfo: Question<HostProfile> = {
  ask: ({ platform, press }) => press('userInfo').then((detail) => platform.readUserInfo(detail)),
  isRight,
};

export const isUserInfoAllowed: Question<boolean> = {
  ask: ({ platform }) => platform.isUserInfoAllowed(),
  isRight: (answer) => expect(answer).toBe(true),
};

/** Nobody was asked before, or said no: that is an answer. */
export const expectNotAllowed: Check = async (bench) =>
  expectRight(isUserInfoAllowed, await outcomeOf(isUserInfoAllowed, bench), (answer) => expect(answer).toBe(false));

/** The host tells of nobody: an answer, but no profile to keep (W-08, B-05). */
export const expectStandIn =
  (question: Question<HostProfile>): Check =>
  async (bench) =>
    expectRight(question, await outcomeOf(question, bench), (profile) => expect(profile.isAnonymous).toBe(true));
