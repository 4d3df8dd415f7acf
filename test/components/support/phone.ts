import { vi } from 'vitest';
import type { server } from '../../../adapters/server.js';
import type { WechatHost, wechat } from '../../../adapters/wechat.js';
import type { Auth } from '../../../machines/auth.js';
import type { AuthOptions, createAuth } from '../../../machines/create-auth.js';
import type { WechatDeviceOptions } from '../../../simulator/index.js';
import { BASE_URL, createTestApp, type TestApp } from '../../support/app.js';

/** What an app takes from denglu, in one of its builds. */
export interface Kit {
  createAuth: typeof createAuth;
  wechat: typeof wechat;
  server: typeof server;
}

export interface PhoneOptions extends Partial<WechatDeviceOptions> {
  /** The language of the host; default `zh_CN`. */
  language?: string;
}

/** A phone whose `wx` is the global one, as components see it, and on which nobody has called `createAuth` yet. */
export interface Phone
  extends Pick<TestApp, 'clock' | 'world' | 'device' | 'backend' | 'account' | 'count' | 'requests'> {
  readonly host: WechatHost;
  createAuth(options?: Partial<AuthOptions>): Auth;
}

export function createPhone(kit: Kit, { language = 'zh_CN', ...device }: PhoneOptions = {}): Phone {
  const app = createTestApp({}, device);
  const host = speaking(language, app.device.wx);
  vi.stubGlobal('wx', host);
  return {
    ...app,
    host,
    createAuth: (options) =>
      kit.createAuth({
        platform: kit.wechat({ wx: host }),
        backend: kit.server({ baseUrl: BASE_URL }),
        clock: app.clock,
        random: () => 0,
        ...options,
      }),
  };
}

/** Such a host in another language. It shares nothing that a registry hangs on: what was registered on the one is not known on it. */
export function speaking(language: string, wx: TestApp['device']['wx']): TestApp['device']['wx'] {
  return {
    ...wx,
    login: (option) => wx.login(option),
    request: (option) => wx.request(option),
    getStorageSync: (key) => wx.getStorageSync(key),
    setStorageSync: (key, data) => wx.setStorageSync(key, data),
    removeStorageSync: (key) => wx.removeStorageSync(key),
    ...(wx.getAppBaseInfo && { getAppBaseInfo: () => ({ ...wx.getAppBaseInfo(), language }) }),
    getSystemInfoSync: () => ({ ...wx.getSystemInfoSync(), language }),
  };
}
