import { z } from 'zod';
import { type ErrorCode, Refusal, type RefusalDetails } from '../errors.js';
import type { Host, HostAccount } from './host.js';

export interface WechatOptions {
  appId: string;
  appSecret: string;
  /** Where the open API is. Default `https://api.weixin.qq.com`. */
  apiUrl?: string;
  /** How long one call may take, in milliseconds. Default 5000. */
  timeout?: number;
  /** What sends the calls. Default the global `fetch`. */
  fetch?: typeof fetch;
}

export const WECHAT_API_URL = 'https://api.weixin.qq.com';

/**
 * WeChat's open API: code2Session (S-01).
 *
 * The secret is part of the address, so nothing that holds the address may leave this file: what `fetch` throws is
 * dropped, and redirects are not followed.
 */
export function wechat(options: WechatOptions): Host {
  const { appId, appSecret, apiUrl = WECHAT_API_URL, timeout = 5000 } = options;
  const send = options.fetch ?? fetch;

  async function call(path: string, query: Record<string, string>): Promise<unknown> {
    const signal = AbortSignal.timeout(timeout);
    const url = `${apiUrl.replace(/\/$/, '')}${path}?${new URLSearchParams(query)}`;
    try {
      const response = await send(url, { signal, redirect: 'error' });
      if (response.status !== 200) return { httpStatus: response.status };
      return JSON.parse(await response.text());
    } catch (error) {
      if (signal.aborted)
        throw new Refusal('HOST_UNAVAILABLE', { status: 504, message: 'The host did not answer in time.' });
      if (error instanceof SyntaxError) return undefined;
      throw new Refusal('HOST_UNAVAILABLE', { message: 'The host cannot be reached.' });
    }
  }

  return {
    name: 'wechat',
    appId,
    async exchangeCode(code) {
      const answer = await call('/sns/jscode2session', {
        appid: appId,
        secret: appSecret,
        js_code: code,
        grant_type: 'authorization_code',
      });
      return readAccount(answer);
    },
  };
}

const Failed = z.object({ errcode: z.int().refine((errcode) => errcode !== 0) });

const Succeeded = z.object({
  errcode: z.literal(0).optional(),
  openid: z.string().min(1).max(128),
  session_key: z.string().min(1).max(128),
  unionid: z.string().max(128).optional(),
});

function readAccount(answer: unknown): HostAccount {
  const failed = Failed.safeParse(answer);
  if (failed.success) throw refusalOf(failed.data.errcode);
  const succeeded = Succeeded.safeParse(answer);
  if (!succeeded.success) throw new Refusal('HOST_UNAVAILABLE', { message: 'The host answered nonsense.' });
  const { openid, session_key, unionid } = succeeded.data;
  return { openid, sessionKey: session_key, unionid: unionid || null };
}

/** S-01. The minute of 45011 is the window of the host's own limit. */
const refusals: Record<number, [ErrorCode, RefusalDetails?]> = {
  [-1]: ['HOST_BUSY', { retryAfter: 1 }],
  40013: ['HOST_MISCONFIGURED'],
  40029: ['CODE_INVALID'],
  40125: ['HOST_MISCONFIGURED'],
  40163: ['CODE_USED'],
  40226: ['ACCOUNT_BLOCKED', { message: 'The host blocks this user.' }],
  45011: ['RATE_LIMITED', { message: 'The host limits this user.', retryAfter: 60 }],
};

function refusalOf(errcode: number): Refusal {
  const known = refusals[errcode];
  if (known) return new Refusal(...known);
  return new Refusal('HOST_UNAVAILABLE', { message: `The host answered errcode ${errcode}.` });
}
