import { z } from 'zod';
import { type CallWechat, UnknownErrcode, type WechatOptions } from './wechat-api.js';

const Succeeded = z.object({ access_token: z.string().min(1).max(1024), expires_in: z.int().min(1) });

/** How long before its end a token is not used any more, in milliseconds. By then the host gives out the next one. */
const MARGIN = 5 * 60_000;

/** What the host answers where it does not take the token: wrong, missing, ended. */
const REJECTED = [40001, 40014, 42001];

/**
 * The app's access token (S-03). The host gives the same one to everybody who asks, so each process may keep it by
 * itself; callers of one process share one request for it.
 *
 * @returns what makes a call with the token, and makes it once more where the host has taken the token back
 */
export function accessToken(call: CallWechat, { appId, appSecret }: WechatOptions) {
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const asked = Date.now();
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
    const { access_token, expires_in } = await call({
      path: '/cgi-bin/stable_token',
      query: {},
      body,
      answer: Succeeded,
    });
    kept = { token: access_token, until: asked + expires_in * 1000 - MARGIN };
    return access_token;
  }

  function get(): Promise<string> {
    if (kept && Date.now() < kept.until) return Promise.resolve(kept.token);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return async function withToken<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await get();
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof UnknownErrcode && REJECTED.includes(error.errcode))) throw error;
      if (kept?.token === token) kept = undefined;
      return work(await get());
    }
  };
}
