import type { Abilities, Platform } from '../../ports/platform.js';
import { listeningMembers } from '../host/listening.js';
import { networkMembers } from '../host/network.js';
import { hostStorage } from '../host/storage.js';
import { rememberAbilities } from './abilities.js';
import { ask, attempt } from './calls.js';
import { lacking } from './failures.js';
import type { WechatHost } from './host.js';
import { readPhone } from './phone.js';
import { privacyMembers } from './privacy.js';
import { profileMembers } from './profile.js';
import { sessionMembers } from './session.js';

const minute = 60_000;

/**
 * A platform on a WeChat host.
 *
 * @param lessen takes away what the host can do, but not where its views are rendered
 */
export function wechatPlatform(
  host: WechatHost,
  lessen: (abilities: Abilities) => Abilities = (abilities) => abilities,
): Platform {
  const abilities = rememberAbilities(host);
  return {
    name: 'wechat',
    codeLifetime: 5 * minute,
    host,
    get abilities() {
      return lessen(abilities());
    },
    ...sessionMembers(host),
    ...networkMembers(host, { ask, lacking }),
    ...profileMembers(host),
    ...privacyMembers(host, abilities),
    ...listeningMembers(host),
    readPhone,
    storage: hostStorage(host, { attempt }),
  };
}
