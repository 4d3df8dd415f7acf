import { userProfile } from '../../../machines/user-profile.js';
import type { HostProfile } from '../../../ports/profile.js';
import { type Answers, failsWith, gives, type Reading, type Stage } from '../../../testing/index.js';
import { profileReads } from '../flows/profile.js';
import { sessionOfSame } from './app-people.js';
import { createPage } from './page.js';
import type { MakePart } from './part.js';

export const profileAnswers: Answers = {
  getUserProfile: { yes: gives(signedProfile), ...failsWith('denied') },
  setHostProfile: {
    'the user': gives((stage: Stage) => sessionOfSame(stage).user),
    ...failsWith('key-stale', 'token-rejected', 'unavailable'),
  },
};

/** What came of the last time is shown beside the offer, and makes no difference to it. */
export const profileReading: Reading = {
  ...profileReads,
  machineId: userProfile.id,
  place: ({ value }) =>
    typeof value === 'object' && value !== null && typeof value.atRest === 'object' ? value.atRest.offer : value,
};

/** A profile button whose tap logs in and opens the host's sheet, which signs by the key of that login (W-06, W-07). */
export const profilePart: MakePart = ({ stage, core }) => {
  const page = createPage(stage, 'profile', () => core.auth.profile({ desc: 'for the card' }));
  return {
    moves: () => page.moves((flow) => ({ 'a tap on the profile button': () => flow.ask() })),
    open: page.open,
    ending: page.ending,
    identity: () => page.flow !== null,
  };
};

function signedProfile(stage: Stage): HostProfile {
  const signed = { rawData: '{}', signature: 'signature', encryptedData: stage.secret('profile'), iv: 'iv' };
  return { nickname: '小明', avatarUrl: 'https://wx.example/a.png', isAnonymous: false, signed };
}
