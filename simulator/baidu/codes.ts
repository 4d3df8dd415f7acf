import type { Clock } from '../../ports/clock.js';
import { type Random, randomHex } from '../random.js';
import type { BaiduAccountRecord } from './accounts.js';
import type { BaiduAccount } from './cloud-port.js';
import { ExchangeRefusal } from './exchange-refusal.js';

/** Ten minutes (B-01). */
const CODE_LIFETIME = 10 * 60_000;

/** A login code and what became of it. */
export interface IssuedBaiduCode extends BaiduAccount {
  readonly code: string;
  readonly issuedAt: number;
  /** When it was exchanged, in milliseconds since the epoch. */
  readonly spentAt: number | null;
}

export interface BaiduCodes {
  readonly issued: readonly IssuedBaiduCode[];
  /** A new code; its key replaces the account's. */
  issue(account: BaiduAccountRecord): string;
  /** @throws ExchangeRefusal `invalid_grant` where it is unknown, another app's, used, or older than ten minutes */
  spend(code: string, appKey: string): { readonly openid: string; readonly sessionKey: string };
}

export function createBaiduCodes(clock: Clock, random: Random): BaiduCodes {
  const records = new Map<string, { issued: IssuedBaiduCode; openid: string; sessionKey: string }>();
  return {
    get issued() {
      return [...records.values()].map(({ issued }) => issued);
    },
    issue(account) {
      const { appKey, personId, openid } = account;
      const code = `${randomHex(random, 16)}NW`;
      // 32 letters of base64 are the 24 bytes of B-09; Baidu's own happen to be hexadecimal digits.
      const sessionKey = randomHex(random, 16);
      account.sessionKey = sessionKey;
      const issued = { code, appKey, personId, issuedAt: clock.now(), spentAt: null };
      records.set(code, { issued, openid, sessionKey });
      return code;
    },
    spend(code, appKey) {
      const record = records.get(code);
      if (record?.issued.appKey !== appKey) throw new ExchangeRefusal('invalid_grant', 'Invalid authorization code');
      const { issued, openid, sessionKey } = record;
      if (issued.spentAt !== null) throw new ExchangeRefusal('invalid_grant', 'Authorization code has been used');
      const isTooOld = clock.now() - issued.issuedAt > CODE_LIFETIME;
      if (isTooOld) throw new ExchangeRefusal('invalid_grant', 'Authorization code expired');
      record.issued = { ...issued, spentAt: clock.now() };
      return { openid, sessionKey };
    },
  };
}
