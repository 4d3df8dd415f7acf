import type { Abilities } from '../../ports/platform.js';
import { baseLibraryOf, isAtLeast } from '../host/versions.js';
import { quietly } from './calls.js';
import type { SwanHost } from './swan.js';

/**
 * What this host can do. It is asked at the first question and not before, and a version that it did not tell is asked
 * for again (G-07).
 */
export function rememberAbilities(host: SwanHost): () => Abilities {
  let known: Abilities | undefined;
  return () => {
    if (known) return known;
    const version = baseLibraryOf(host);
    const abilities = readAbilities(host, version);
    if (version !== undefined) known = abilities;
    return abilities;
  };
}

/** By version where one is known, and by what the host itself says. Of an unknown version only that is believed. */
function readAbilities(host: SwanHost, version: string | undefined): Abilities {
  const hasOpenType = (openType: string, least = '0') => {
    const isTold = quietly(() => host.canIUse?.(`button.open-type.${openType}`));
    return version === undefined ? isTold === true : isAtLeast(version, least) && isTold !== false;
  };

  return {
    login: true,
    phone: hasOpenType('getPhoneNumber', '1.12.14'),
    realtimePhone: false,
    phoneCode: false,
    profileWays: typeof host.getUserInfo === 'function' && hasOpenType('getUserInfo') ? ['getUserInfo'] : [],
    // Nothing is signed here: what is sealed proves itself (B-09).
    signedProfile: false,
    coupledPrivacy: false,
    privacy: false,
  };
}
