import type { Host } from '../hosts/host.js';
import type { AccountParts } from '../plugin/accounts.js';
import type { ProfileUpdateOptions } from '../plugin/profile-updates.js';
import { accountRoutes } from './account-routes.js';
import { baiduRoutes, wechatRoutes } from './host-routes.js';
import { messageRoutes } from './message-routes.js';

/**
 * The protocol that the BaaS SDK speaks, over the use cases of denglu's own endpoints. A refusal leaves here as denglu's
 * own do; the HTTP side says it in the protocol's words.
 */
export function hserveRoutes(
  onWechat: Host | undefined,
  onBaidu: Host | undefined,
  parts: AccountParts,
  updates: ProfileUpdateOptions,
) {
  return {
    ...(onWechat && wechatRoutes(onWechat, updates)),
    ...(onBaidu && baiduRoutes(onBaidu, updates)),
    ...accountRoutes(parts),
    ...messageRoutes(parts),
  };
}
