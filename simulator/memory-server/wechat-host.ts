import type { Clock } from '../../ports/clock.js';
import { field } from '../json.js';
import type { HostAccount, MemoryHost } from './host.js';
import { phoneOf, readPhone, readProfile } from './open-data.js';
import { type ServerCode, ServerRefusal } from './refusal.js';
import { createSpending } from './spending.js';

interface Parts {
  openApi: (url: string, init?: RequestInit) => Promise<Response>;
  appId: string;
  appSecret: string;
  clock: Clock;
}

type Refusals = Readonly<Record<number, readonly [ServerCode, retryAfter?: number]>>;

/** What the open API's numbers mean everywhere (S-01, S-03). */
const SHARED: Refusals = {
  [-1]: ['HOST_BUSY', 1],
  40013: ['HOST_MISCONFIGURED'],
  40125: ['HOST_MISCONFIGURED'],
  45011: ['RATE_LIMITED', 60],
};

/** S-01. */
const OF_LOGIN_CODES: Refusals = { 40029: ['CODE_INVALID'], 40163: ['CODE_USED'], 40226: ['ACCOUNT_BLOCKED'] };

/** S-03. */
const OF_PHONE_CODES: Refusals = {
  40029: ['PHONE_CODE_INVALID'],
  40163: ['PHONE_CODE_INVALID'],
  61010: ['PHONE_CODE_EXPIRED'],
  48001: ['HOST_NOT_PERMITTED'],
  61007: ['HOST_NOT_PERMITTED'],
};

/** Where the host has taken the access token back. */
const TOKEN_IS_STALE = [40001, 40014, 42001];

/** How long before its end an access token is not used any more, in milliseconds. */
const MARGIN = 5 * 60_000;

/** WeChat, as the server has it: its open API, and what it signs and encrypts (S-01, S-03, S-04). */
export function createWechatHost({ openApi, appId, appSecret, clock }: Parts): MemoryHost {
  const spend = createSpending();
  let kept: { token: string; until: number } | null = null;

  async function ask(path: string, query: Record<string, string>, body?: object): Promise<unknown> {
    const init = body && { method: 'POST', body: JSON.stringify(body) };
    try {
      const response = await openApi(`https://open-api.invalid${path}?${new URLSearchParams(query)}`, init);
      return response.status === 200 ? await response.json() : undefined;
    } catch {
      throw new ServerRefusal('HOST_UNAVAILABLE');
    }
  }

  async function accessToken(): Promise<string> {
    if (kept && clock.now() < kept.until) return kept.token;
    const asked = clock.now();
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
    const answer = checked(await ask('/cgi-bin/stable_token', {}, body), {});
    const lifetime = Number(field(answer, 'expires_in')) * 1000;
    kept = { token: textIn(answer, 'access_token'), until: asked + lifetime - MARGIN };
    return kept.token;
  }

  async function askForPhone(code: string): Promise<unknown> {
    const path = '/wxa/business/getuserphonenumber';
    const token = await accessToken();
    const answer = await ask(path, { access_token: token }, { code });
    if (!TOKEN_IS_STALE.includes(Number(field(answer, 'errcode')))) return answer;
    if (kept?.token === token) kept = null;
    return ask(path, { access_token: await accessToken() }, { code });
  }

  return {
    name: 'wechat',
    profiles: 'signed',
    readPhone: (sessionKey, data) => readPhone(sessionKey, data, { appId, clock }),
    readProfile(account, data) {
      if (!('signature' in data)) throw new ServerRefusal('SIGNATURE_MISMATCH');
      return readProfile(account, data, { appId, clock });
    },

    async exchangeCode(code: string): Promise<HostAccount> {
      spend(`login ${code}`, 'CODE_USED');
      const query = { appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code' };
      const answer = checked(await ask('/sns/jscode2session', query), OF_LOGIN_CODES);
      const unionid = field(answer, 'unionid');
      return {
        host: 'wechat',
        openid: textIn(answer, 'openid'),
        sessionKey: textIn(answer, 'session_key'),
        unionid: typeof unionid === 'string' && unionid ? unionid : null,
      };
    },

    /** @returns the number, as E.164 */
    async exchangePhoneCode(code: string): Promise<string> {
      spend(`phone ${code}`, 'PHONE_CODE_INVALID');
      const answer = checked(await askForPhone(code), OF_PHONE_CODES);
      return phoneOf(field(answer, 'phone_info'), { appId, clock }, 'HOST_UNAVAILABLE');
    },
  };
}

function checked(answer: unknown, refusals: Refusals): unknown {
  const errcode = field(answer, 'errcode');
  if (typeof errcode !== 'number' || errcode === 0) return answer;
  const [code, retryAfter] = refusals[errcode] ?? SHARED[errcode] ?? ['HOST_UNAVAILABLE'];
  throw new ServerRefusal(code, retryAfter);
}

function textIn(answer: unknown, name: string): string {
  const value = field(answer, name);
  if (typeof value !== 'string' || value === '') throw new ServerRefusal('HOST_UNAVAILABLE');
  return value;
}
