import type { Platform } from '../ports/platform.js';
import { globalHost, type WechatHost } from './wechat/host.js';
import { wechatPlatform } from './wechat/platform.js';

export type { WechatHost } from './wechat/host.js';

export interface WechatOptions {
  /** The host object. Default: the global `wx`. */
  wx?: WechatHost;
}

/**
 * The WeChat host.
 *
 * @throws Failure `unsupported` where there is no `wx`
 */
export function wechat(options: WechatOptions = {}): Platform {
  return wechatPlatform(options.wx ?? globalHost());
}
