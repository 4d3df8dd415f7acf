import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from './host.js';
import { accessToken } from './wechat-access-token.js';
import { type Refusals, type WechatOptions, wechatApi } from './wechat-api.js';
import { PhoneInfo, readPhone, readProfile, toPhone } from './wechat-data.js';
import { plainProfile } from './wechat-shown.js';

const Session = z.object({
  errcode: z.literal(0).optional(),
  openid: z.string().min(1).max(128),
  session_key: z.string().min(1).max(128),
  unionid: z.string().max(128).optional(),
});

/** S-01. */
const loginRefusals: Refusals = {
  40029: ['CODE_INVALID'],
  40163: ['CODE_USED'],
  40226: ['ACCOUNT_BLOCKED', { message: 'The host blocks this user.' }],
};

const Phone = z.object({ errcode: z.literal(0).optional(), phone_info: PhoneInfo });

/** S-03. */
const phoneRefusals: Refusals = {
  40029: ['PHONE_CODE_INVALID'],
  40163: ['PHONE_CODE_INVALID'],
  61010: ['PHONE_CODE_EXPIRED'],
  48001: ['HOST_NOT_PERMITTED'],
  61007: ['HOST_NOT_PERMITTED'],
};

/** WeChat: code2Session (S-01), phone by code (S-03), and what it encrypts (S-04, S-05). */
export function wechat(options: WechatOptions): Host {
  const { appId, appSecret } = options;
  const call = wechatApi(options);
  const withToken = accessToken(call, options);

  return {
    name: 'wechat',
    appId,
    profiles: 'signed',

    async exchangeCode(code) {
      const { openid, session_key, unionid } = await call({
        path: '/sns/jscode2session',
        query: { appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code' },
        answer: Session,
        refusals: loginRefusals,
      });
      return { openid, sessionKey: session_key, unionid: unionid || null };
    },

    async exchangePhoneCode(code, tokens) {
      const { phone_info } = await withToken(tokens, (access_token) =>
        call({
          path: '/wxa/business/getuserphonenumber',
          query: { access_token },
          body: { code },
          answer: Phone,
          refusals: phoneRefusals,
        }),
      );
      return toPhone(phone_info, appId);
    },

    readPhone: (sessionKey, data) => readPhone(sessionKey, data, appId),
    readProfile(account, data) {
      if (!('signature' in data)) throw new Refusal('SIGNATURE_MISMATCH');
      return readProfile(account, data, appId);
    },
    readPlainProfile: plainProfile,
  };
}
