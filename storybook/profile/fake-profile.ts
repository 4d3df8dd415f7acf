import { fn } from 'storybook/test';
import type { ProfileFlow, ProfileSnapshot } from '../../machines/profile-flow.js';
import { type FakeFlow, fakeFlow } from '../fake-flow.js';

export type FakeProfile = ProfileFlow & FakeFlow<ProfileSnapshot>;

/** A profile flow that stands still; at rest and to be asked by a tap, where nothing else is said. */
export function fakeProfile(snapshot: Partial<ProfileSnapshot> = {}): FakeProfile {
  const resting: ProfileSnapshot = {
    state: 'idle',
    busy: false,
    otherWay: false,
    failure: null,
    by: 'tap',
    avatar: null,
    isAvatarTemporary: false,
    live: true,
    canChooseAvatar: true,
    isNicknameRejected: false,
    user: null,
  };
  return {
    ...fakeFlow({ ...resting, ...snapshot }),
    ask: fn().mockName('ask'),
    answer: fn().mockName('answer'),
    fillIn: fn().mockName('fillIn'),
    chooseAvatar: fn().mockName('chooseAvatar'),
    typeNickname: fn().mockName('typeNickname'),
    reviewNickname: fn().mockName('reviewNickname'),
    submit: fn().mockName('submit'),
  };
}

/** The form, open. */
export function fakeForm(snapshot: Partial<ProfileSnapshot> = {}): FakeProfile {
  return fakeProfile({ state: 'open', by: 'form', ...snapshot });
}

/** Somebody, drawn. */
export const picture =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"%3E%3Cpath fill="%23576b95" d="M0 0h8v8H0z"/%3E%3Cpath fill="%23dfe6f2" d="M4 1.4a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3M1 8a3 3 0 0 1 6 0z"/%3E%3C/svg%3E';
