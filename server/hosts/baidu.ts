import { Refusal } from '../errors.js';
import { type BaiduOptions, baiduApi } from './baidu-api.js';
import { readPhone, readProfile } from './baidu-data.js';
import type { Host } from './host.js';

/** Baidu: its session exchange (B-08), and what it encrypts (B-09). It has no codes for phone numbers (B-06). */
export function baidu(options: BaiduOptions): Host {
  const { appKey } = options;
  const exchange = baiduApi(options);

  return {
    name: 'baidu',
    appId: appKey,
    profiles: 'sealed',

    exchangeCode: async (code) => ({ ...(await exchange(code)), unionid: null }),
    readPhone: (sessionKey, data) => readPhone(sessionKey, data, appKey),
    readProfile: (account, data) => readProfile(account, data, appKey),

    async exchangePhoneCode() {
      throw new Refusal('INVALID_REQUEST', { message: 'This host gives no phone codes.' });
    },
    readPlainProfile() {
      throw new Refusal('INVALID_REQUEST', { message: 'This host seals profiles.' });
    },
  };
}
