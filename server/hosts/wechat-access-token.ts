import { z } from 'zod';
import type { AppToken, TokenShelf } from './host.js';
import { type CallWechat, UnknownErrcode, type WechatOptions } from './wechat-api.js';

const Succeeded = z.object({ access_token: z.string().min(1).max(1024), expires_in: z.int().min(1) });

/** How long before its end a token is not used any more, in milliseconds. By then the host gives out the next one. */
const MARGIN = 5 * 60_000;

/** What the host answers where it does not take the token: wrong, missing, ended. */
const REJECTED = [40001, 40014, 42001];

/** Until when one process may ask, in milliseconds, before another one does: longer than any call takes. */
const LEASE = 15_000;
/** How often the others look for what it was told, in milliseconds. */
const PAUSE = 50;

/**
 * The app's access token (S-03). One request to the host serves all callers of this process, and of the others, as far as
 * they have a shelf for it.
 *
 * @returns what makes a call with the token, and makes it once more where the host has taken the token back
 */
export function accessToken(call: CallWechat, { appId, appSecret }: WechatOptions) {
  let kept: AppToken | undefined;
  let asking: Promise<string> | undefined;
  /** The last one that the host took back: whoever still offers it has not heard. */
  let rejected: string | undefined;

  const isGood = (found: AppToken | undefined): found is AppToken =>
    found !== undefined && Date.now() < found.endsAt && found.token !== rejected;

  async function ask(): Promise<AppToken> {
    const asked = Date.now();
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
    const { access_token, expires_in } = await call({
      path: '/cgi-bin/stable_token',
      query: {},
      body,
      answer: Succeeded,
    });
    return { token: access_token, endsAt: asked + expires_in * 1000 - MARGIN };
  }

  /** Somebody may have put one there between the last look and the lease. */
  async function askForAll(shelf: TokenShelf, lease: string): Promise<AppToken> {
    try {
      const found = await shelf.read();
      const token = isGood(found) ? found : await ask();
      await shelf.put(token, lease);
      return token;
    } catch (error) {
      await shelf.giveUp(lease);
      throw error;
    }
  }

  async function find(shelf: TokenShelf): Promise<AppToken> {
    for (;;) {
      const found = await shelf.read();
      if (isGood(found)) return found;
      const lease = await shelf.lease(LEASE);
      if (lease !== undefined) return askForAll(shelf, lease);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  async function renew(shelf: TokenShelf | undefined): Promise<string> {
    kept = await (shelf ? find(shelf) : ask());
    return kept.token;
  }

  function get(shelf: TokenShelf | undefined): Promise<string> {
    if (isGood(kept)) return Promise.resolve(kept.token);
    asking ??= renew(shelf).finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return async function withToken<T>(shelf: TokenShelf | undefined, work: (token: string) => Promise<T>): Promise<T> {
    const token = await get(shelf);
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof UnknownErrcode && REJECTED.includes(error.errcode))) throw error;
      if (kept?.token === token) rejected = token;
      return work(await get(shelf));
    }
  };
}
