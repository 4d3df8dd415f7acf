import { fn } from 'storybook/test';
import type { LinkingFlow, LinkingSnapshot } from '../../machines/linking-flow.js';

/** A flow that stands still in one snapshot; what it is asked for can be looked at. */
export function fakeLinking(standing: Partial<LinkingSnapshot>): LinkingFlow {
  const snapshot: LinkingSnapshot = {
    state: 'undecided',
    busy: false,
    otherWay: false,
    failure: null,
    user: null,
    canLink: true,
    ...standing,
  };
  return {
    hasEnded: () => false,
    getSnapshot: () => snapshot,
    subscribe: () => () => {},
    cancel: fn(),
    leave: fn(),
    register: fn(),
    signIn: fn(),
    link: fn(),
    overwrite: fn(),
  };
}
