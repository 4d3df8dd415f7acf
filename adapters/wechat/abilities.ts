import type { Abilities } from '../../ports/platform.js';
import type { ProfileWay } from '../../ports/profile.js';
import { baseLibraryOf, isAtLeast } from '../host/versions.js';
import { quietly } from './calls.js';
import type { WechatHost } from './host.js';

/**
 * What this host can do. It is asked at the first question and not before, and a version that it did not tell is asked
 * for again (G-07).
 */
export function rememberAbilities(host: WechatHost): () => Abilities {
  let known: Abilities | undefined;
  return () => {
    if (known) return known;
    const version = baseLibraryOf(host);
    const abilities = readAbilities(host, version);
    if (version !== undefined) known = abilities;
    return abilities;
  };
}

/**
 * By version, and by what is there: other hosts that speak WeChat's language may lack what its version promises. Of an
 * unknown version only what shows itself is believed.
 */
function readAbilities(host: WechatHost, version: string | undefined): Abilities {
  const isSince = (least: string) => version !== undefined && isAtLeast(version, least);

  const hasFunction = (api: keyof WechatHost, least: string) =>
    typeof host[api] === 'function' && (version === undefined || isSince(least));

  const hasOpenType = (openType: string, least: string) => {
    const isTold = quietly(() => host.canIUse?.(`button.open-type.${openType}`));
    return version === undefined ? isTold === true : isSince(least) && isTold !== false;
  };

  const profileWays = (): ProfileWay[] => {
    const filled: ProfileWay[] = hasOpenType('chooseAvatar', '2.21.2') ? ['avatarNickname'] : [];
    const asked: ProfileWay[] = hasFunction('getUserProfile', '2.10.4') ? ['getUserProfile'] : [];
    // W-08: from 2.27.1 on the sheet tells of nobody any more.
    const isAskedFirst = version !== undefined && !isSince('2.27.1');
    const isLegacy = !isSince('2.10.4') && asked.length === 0;
    const legacy: ProfileWay[] =
      isLegacy && hasFunction('getUserInfo', '1.3.0') && hasOpenType('getUserInfo', '1.3.0') ? ['getUserInfo'] : [];
    return [...(isAskedFirst ? [...asked, ...filled] : [...filled, ...asked]), ...legacy];
  };

  const phone = hasOpenType('getPhoneNumber', '1.2.0');
  return {
    login: true,
    phone,
    realtimePhone: hasOpenType('getRealtimePhoneNumber', '2.24.4'),
    phoneCode: phone && isSince('2.21.2'),
    profileWays: profileWays(),
    signedProfile: isSince('2.16.0'),
    // Some earlier versions take the tap and never answer; which of them is nowhere documented (G-14).
    coupledPrivacy: phone && isSince('3.0.1') && hasOpenType('agreePrivacyAuthorization', '2.32.3'),
    // W-16: a popup whose button cannot agree would lock the person out.
    privacy:
      hasFunction('onNeedPrivacyAuthorization', '2.32.3') &&
      hasFunction('getPrivacySetting', '2.32.3') &&
      hasOpenType('agreePrivacyAuthorization', '2.32.3'),
  };
}
