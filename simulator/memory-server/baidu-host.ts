import { decryptBaiduData } from '../baidu/sealing.js';
import { field } from '../json.js';
import { readDetails } from './details.js';
import type { MemoryHost } from './host.js';
import { type Encrypted, toE164 } from './input.js';
import { type ServerCode, ServerRefusal } from './refusal.js';
import { createSpending } from './spending.js';

interface Parts {
  openApi: (url: string, init?: RequestInit) => Promise<Response>;
  appKey: string;
  appSecret: string;
}

/** By the words of Baidu's OAuth (B-08). */
const REFUSALS: readonly (readonly [RegExp, ServerCode])[] = [
  [/invalid_client/, 'HOST_MISCONFIGURED'],
  [/has been used/, 'CODE_USED'],
  [/invalid_grant/, 'CODE_INVALID'],
];

/** Baidu, as the server has it: its session exchange (B-08), and what it encrypts (B-09). */
export function createBaiduHost({ openApi, appKey, appSecret }: Parts): MemoryHost {
  const spend = createSpending();

  async function ask(code: string): Promise<unknown> {
    const body = new URLSearchParams({ code, client_id: appKey, sk: appSecret });
    try {
      const response = await openApi('https://spapi.invalid/oauth/jscode2sessionkey', { method: 'POST', body });
      return response.status === 200 ? await response.json() : undefined;
    } catch {
      throw new ServerRefusal('HOST_UNAVAILABLE');
    }
  }

  function opened(sessionKey: string, { encryptedData, iv }: Encrypted): unknown {
    try {
      return JSON.parse(decryptBaiduData(encryptedData, { sessionKey, iv, appKey }));
    } catch {
      throw new ServerRefusal('DECRYPT_FAILED');
    }
  }

  return {
    name: 'baidu',
    profiles: 'sealed',

    async exchangeCode(code) {
      spend(code, 'CODE_USED');
      const answer = await ask(code);
      const words = `${field(answer, 'error')} ${field(answer, 'error_description')}`;
      const [, refusal] = REFUSALS.find(([pattern]) => pattern.test(words)) ?? [];
      if (refusal) throw new ServerRefusal(refusal);
      const [openid, sessionKey] = [field(answer, 'openid'), field(answer, 'session_key')];
      if (typeof openid !== 'string' || typeof sessionKey !== 'string') throw new ServerRefusal('HOST_UNAVAILABLE');
      return { host: 'baidu', openid, sessionKey, unionid: null };
    },

    async exchangePhoneCode() {
      throw new ServerRefusal('INVALID_REQUEST');
    },

    readPhone(sessionKey, data) {
      const mobile = field(opened(sessionKey, data), 'mobile');
      const phone = typeof mobile === 'string' ? toE164(mobile) : undefined;
      if (phone === undefined) throw new ServerRefusal('DECRYPT_FAILED');
      return phone;
    },

    readProfile({ openid, sessionKey }, data) {
      const told = opened(sessionKey, data);
      const textIn = (name: string) => {
        const text = field(told, name);
        return typeof text === 'string' && text !== '' ? text : null;
      };
      if ((textIn('openid') ?? openid) !== openid) throw new ServerRefusal('DECRYPT_FAILED');
      return { nickname: textIn('nickname'), avatarUrl: textIn('headimgurl'), ...readDetails(told, 'sex') };
    },
  };
}
