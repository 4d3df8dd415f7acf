import { fn } from 'storybook/test';
import type { LinkingFlow, LinkingSnapshot } from '../../machines/linking-flow.js';
import { type FakeFlow, fakeFlow } from '../fake-flow.js';

export type FakeLinking = LinkingFlow & FakeFlow<LinkingSnapshot>;

/** A flow that stands still in one snapshot; what it is asked for can be looked at. */
export function fakeLinking(standing: Partial<LinkingSnapshot>): FakeLinking {
  const resting: LinkingSnapshot = {
    state: 'undecided',
    busy: false,
    otherWay: false,
    failure: null,
    user: null,
    canLink: true,
  };
  return {
    ...fakeFlow({ ...resting, ...standing }),
    register: fn(),
    signIn: fn(),
    link: fn(),
    overwrite: fn(),
  };
}
