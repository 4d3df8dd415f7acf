import { fn } from 'storybook/test';
import type { PhoneFlow, PhoneSnapshot } from '../../machines/phone-flow.js';
import { type FakeFlow, fakeFlow } from '../fake-flow.js';

export type FakePhone = PhoneFlow & FakeFlow<PhoneSnapshot>;

/** A phone flow that stands still; at rest and live, where nothing else is said. */
export function fakePhone(snapshot: Partial<PhoneSnapshot> = {}): FakePhone {
  const resting: PhoneSnapshot = {
    state: 'inviting',
    busy: false,
    otherWay: false,
    live: true,
    frozen: false,
    openType: 'getPhoneNumber',
    termsMissing: false,
    user: null,
    failure: null,
  };
  return {
    ...fakeFlow({ ...resting, ...snapshot }),
    ask: fn().mockName('ask'),
    want: fn().mockName('want'),
    answer: fn().mockName('answer'),
    acceptTerms: fn().mockName('acceptTerms'),
    hidden: fn().mockName('hidden'),
    shown: fn().mockName('shown'),
  };
}
