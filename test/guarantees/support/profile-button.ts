import type { ProfileFlow } from '../../../machines/profile-flow.js';
import type { Press } from '../../../simulator/index.js';
import type { TestApp } from '../../support/app.js';

/** The last base library whose profile is asked for by a button of the host's, for an app that is older too (W-08, W-18). */
export const BEFORE_SHEETS = { baseLibrary: '2.10.3', publishedAt: 0 };

/** A profile button on a page: the host's own while that has to ask, and else a plain one. */
export function placeProfileButton({ auth, device }: TestApp): { flow: ProfileFlow; press: () => Press } {
  const flow = auth.profile({ desc: 'For your card' });
  return {
    flow,
    press() {
      const isHosts = flow.getSnapshot().by === 'hostButton';
      return device.press(
        { openType: isHosts ? 'getUserInfo' : '' },
        { tap: () => !isHosts && flow.ask(), getuserinfo: ({ detail }) => flow.answer(detail) },
      );
    },
  };
}
