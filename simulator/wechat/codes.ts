import type { Clock } from '../../ports/clock.js';
import { type Random, randomBase64, randomText } from '../random.js';
import type { AccountRecord } from './accounts.js';
import { type Account, Refusal } from './cloud-port.js';

/** Five minutes (W-01). */
const CODE_LIFETIME = 5 * 60_000;

/** A login code and what became of it. */
export interface IssuedCode extends Account {
  readonly code: string;
  readonly issuedAt: number;
  /** When it was exchanged, in milliseconds since the epoch. */
  readonly spentAt: number | null;
}

interface CodeRecord extends IssuedCode {
  spentAt: number | null;
  readonly account: AccountRecord;
  /** The key that came into force with this code. */
  readonly sessionKey: string;
}

export interface Codes {
  readonly issued: readonly IssuedCode[];
  /** A new code; its key replaces the account's (W-04). */
  issue(account: AccountRecord): string;
  /** @throws Refusal 40029 where the code is unknown or belongs to another app */
  find(code: string, appId: string): CodeRecord;
  /** @throws Refusal 40163 where the code was used, 40029 where it is older than five minutes */
  spend(code: CodeRecord): void;
}

export function createCodes(clock: Clock, random: Random): Codes {
  const records = new Map<string, CodeRecord>();
  return {
    get issued() {
      return [...records.values()].map(
        ({ code, appId, personId, issuedAt, spentAt }): IssuedCode => ({ code, appId, personId, issuedAt, spentAt }),
      );
    },
    issue(account) {
      const code = randomText(random, 32);
      const sessionKey = randomBase64(random, 16);
      account.sessionKey = sessionKey;
      const { appId, personId } = account;
      records.set(code, { code, appId, personId, issuedAt: clock.now(), spentAt: null, account, sessionKey });
      return code;
    },
    find(code, appId) {
      const record = records.get(code);
      if (record?.appId !== appId) throw new Refusal(40029, 'invalid code');
      return record;
    },
    spend(record) {
      if (record.spentAt !== null) throw new Refusal(40163, 'code been used');
      if (clock.now() - record.issuedAt > CODE_LIFETIME) throw new Refusal(40029, 'invalid code');
      record.spentAt = clock.now();
    },
  };
}
