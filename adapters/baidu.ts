import type { Platform } from '../ports/platform.js';
import { rememberAbilities } from './baidu/abilities.js';
import { ask, attempt } from './baidu/calls.js';
import { lacking } from './baidu/failures.js';
import { readPhone } from './baidu/phone.js';
import { privacyMembers } from './baidu/privacy.js';
import { profileMembers } from './baidu/profile.js';
import { sessionMembers } from './baidu/session.js';
import { globalSwan, type SwanHost } from './baidu/swan.js';
import { listeningMembers } from './host/listening.js';
import { networkMembers } from './host/network.js';
import { hostStorage } from './host/storage.js';

export type { SwanHost } from './baidu/swan.js';

export interface BaiduOptions {
  /** The host object. Default: the global `swan`. */
  swan?: SwanHost;
}

const minute = 60_000;

/**
 * The Baidu host.
 *
 * @throws Failure `unsupported` where there is no `swan`
 */
export function baidu(options: BaiduOptions = {}): Platform {
  const host = options.swan ?? globalSwan();
  const abilities = rememberAbilities(host);
  return {
    name: 'baidu',
    // B-01: documented as ten minutes now and as five before. A code thrown away early costs a login, one sent late a try.
    codeLifetime: 5 * minute,
    host,
    get abilities() {
      return abilities();
    },
    ...sessionMembers(host),
    ...networkMembers(host, { ask, lacking }, 'network'),
    ...profileMembers(host),
    ...privacyMembers,
    ...listeningMembers(host),
    readPhone,
    storage: hostStorage(host, { attempt }),
  };
}
