import type { Clock } from '../../ports/clock.js';
import { createRateLimit } from '../host/rate-limit.js';
import { type Accounts, accountKey } from './accounts.js';
import { Refusal } from './cloud-port.js';
import type { Codes } from './codes.js';

interface Parts {
  clock: Clock;
  accounts: Accounts;
  codes: Codes;
  blocked: ReadonlySet<string>;
  exchangesPerMinute: number;
}

/** What a right exchange of a code is answered with (S-01). */
export interface WechatSession {
  readonly session_key: string;
  readonly openid: string;
  readonly unionid?: string;
}

/**
 * code2Session (S-01), without HTTP: the function throws a {@link Refusal} with 40002, 40013, 40125, 40029, 45011, 40163
 * or 40226, in this order, and 41002, 41004 or 41008 where a parameter is missing.
 */
export function createCode2Session(parts: Parts): (query: URLSearchParams) => WechatSession {
  const { clock, accounts, codes, blocked, exchangesPerMinute } = parts;
  const isWithinQuota = createRateLimit(clock, exchangesPerMinute, 60_000);

  return (query) => {
    if (query.get('grant_type') !== 'authorization_code') throw new Refusal(40002, 'invalid grant_type');
    const app = accounts.app(required(query, 'appid', 41002));
    if (!app) throw new Refusal(40013, 'invalid appid');
    if (required(query, 'secret', 41004) !== app.appSecret) throw new Refusal(40125, 'invalid appsecret');

    const code = codes.find(required(query, 'js_code', 41008), app.appId);
    const { openid, unionid, personId } = code.account;
    if (!isWithinQuota(accountKey(code.account))) throw new Refusal(45011, 'api minute-quota reach limit');
    codes.spend(code);
    if (blocked.has(personId)) throw new Refusal(40226, 'code blocked');
    return { session_key: code.sessionKey, openid, ...(unionid === undefined ? {} : { unionid }) };
  };
}

function required(query: URLSearchParams, name: string, errcode: number): string {
  const value = query.get(name);
  if (!value) throw new Refusal(errcode, `${name} missing`);
  return value;
}
