import { type Random, randomBase64 } from '../random.js';
import type { Accounts } from './accounts.js';
import { Refusal } from './cloud-port.js';
import { signWithSessionKey } from './sealing.js';

/** checkSessionKey and resetUserSessionKey (S-02), without HTTP: both throw a {@link Refusal} with 40003 or 87009. */
export function createSessionKeys(accounts: Accounts, random: Random) {
  const verified = async (appId: string, query: URLSearchParams) => {
    const account = accounts.find(appId, query.get('openid') ?? '');
    const { sessionKey } = account;
    const isSigned = sessionKey !== undefined && (await signWithSessionKey('', sessionKey)) === query.get('signature');
    if (!isSigned || query.get('sig_method') !== 'hmac_sha256') throw new Refusal(87009, 'invalid signature');
    return account;
  };

  return {
    async check(appId: string, query: URLSearchParams) {
      await verified(appId, query);
      return {};
    },
    async reset(appId: string, query: URLSearchParams) {
      const account = await verified(appId, query);
      const sessionKey = randomBase64(random, 16);
      account.sessionKey = sessionKey;
      return { openid: account.openid, session_key: sessionKey };
    },
  };
}
