import type { Platform } from '../ports/platform.js';
import { rememberAbilities } from './wechat/abilities.js';
import { globalHost, type WechatHost } from './wechat/host.js';
import { listeningMembers } from './wechat/listening.js';
import { networkMembers } from './wechat/network.js';
import { readPhone } from './wechat/phone.js';
import { privacyMembers } from './wechat/privacy.js';
import { profileMembers } from './wechat/profile.js';
import { sessionMembers } from './wechat/session.js';
import { hostStorage } from './wechat/storage.js';

export type { WechatHost } from './wechat/host.js';

export interface WechatOptions {
  /** The host object. Default: the global `wx`. */
  wx?: WechatHost;
}

const minute = 60_000;

/**
 * The WeChat host.
 *
 * @throws Failure `unsupported` where there is no `wx`
 */
export function wechat(options: WechatOptions = {}): Platform {
  const host = options.wx ?? globalHost();
  const abilities = rememberAbilities(host);
  return {
    name: 'wechat',
    codeLifetime: 5 * minute,
    host,
    get abilities() {
      return abilities();
    },
    ...sessionMembers(host),
    ...networkMembers(host),
    ...profileMembers(host),
    ...privacyMembers(host, abilities),
    ...listeningMembers(host),
    readPhone,
    storage: hostStorage(host),
  };
}
