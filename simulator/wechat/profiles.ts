import { isSince } from '../host/versions.js';
import type { CloudLine } from './cloud-line.js';
import type { GivenProfile } from './cloud-port.js';

export type Lang = 'en' | 'zh_CN' | 'zh_TW';

/** How the profile comes to this version of the app, on this base library (W-08). */
export interface Profiles {
  /** Whether getUserProfile tells nothing of the person. */
  readonly isAnonymous: boolean;
  /** Whether getUserInfo, API and button, tells nothing of the person. */
  readonly isInfoAnonymous: boolean;
  userProfile(lang: Lang): Promise<GivenProfile>;
  userInfo(lang: Lang): Promise<GivenProfile>;
}

/** Both days ended at midnight in China, eight hours before UTC. */
const ANONYMOUS_INFO_FROM = Date.UTC(2021, 3, 28, 16);
const ANONYMOUS_PROFILE_FROM = Date.UTC(2022, 10, 8, 16);

export function createProfiles(line: CloudLine, baseLibrary: string, publishedAt: number): Profiles {
  const isAnonymous = publishedAt >= ANONYMOUS_PROFILE_FROM && isSince(baseLibrary, '2.27.1');
  const isInfoAnonymous = publishedAt >= ANONYMOUS_INFO_FROM;
  const give = (anonymous: boolean, withIds: boolean, lang: Lang) =>
    line.ask((cloud, account) => cloud.giveProfile(account, { anonymous, withIds, lang }));
  return {
    isAnonymous,
    isInfoAnonymous,
    userProfile: (lang) => give(isAnonymous, false, lang),
    userInfo: (lang) => give(isInfoAnonymous, true, lang),
  };
}
