import type { Clock } from '../../ports/clock.js';
import { type Random, randomText } from '../random.js';
import { type Account, Refusal } from './cloud-port.js';

/** Five minutes (W-13). */
const LIFETIME = 5 * 60_000;

/** A code that stands for a phone number, and what became of it. It is no login code (W-13). */
export interface IssuedPhoneCode extends Account {
  readonly code: string;
  readonly issuedAt: number;
  /** When it was exchanged, in milliseconds since the epoch. */
  readonly spentAt: number | null;
}

export interface PhoneCodes {
  readonly issued: readonly IssuedPhoneCode[];
  issue(account: Account): string;
  /** @throws Refusal 40029 where the code is unknown, used or another app's, 61010 where it is too old (S-03) */
  spend(code: string, appId: string): IssuedPhoneCode;
}

export function createPhoneCodes(clock: Clock, random: Random): PhoneCodes {
  const records = new Map<string, { -readonly [K in keyof IssuedPhoneCode]: IssuedPhoneCode[K] }>();
  return {
    get issued() {
      return [...records.values()].map((record) => ({ ...record }));
    },
    issue({ appId, personId }) {
      const code = randomText(random, 64);
      records.set(code, { code, appId, personId, issuedAt: clock.now(), spentAt: null });
      return code;
    },
    spend(code, appId) {
      const record = records.get(code);
      if (record?.appId !== appId || record.spentAt !== null) throw new Refusal(40029, 'invalid code');
      if (clock.now() - record.issuedAt > LIFETIME) throw new Refusal(61010, 'code is expired');
      record.spentAt = clock.now();
      return record;
    },
  };
}
