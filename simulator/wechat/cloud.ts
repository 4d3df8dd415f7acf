import type { Clock } from '../../ports/clock.js';
import type { People } from '../people.js';
import type { Random } from '../random.js';
import { accountKey, createAccounts } from './accounts.js';
import { type Account, Refusal, type WechatCloud } from './cloud-port.js';
import { createCode2Session } from './code2session.js';
import { createCodes, type IssuedCode } from './codes.js';
import { createOpenApi, type OpenApi } from './open-api.js';
import { createRateLimit } from './rate-limit.js';

/** How much one person may do in one app. */
export interface WechatLimits {
  /** Calls of each rate-limited client API; default 4 (W-03). */
  callsPerSecond?: number;
  /** Calls of code2Session; default 100 (S-01). */
  exchangesPerMinute?: number;
}

/** WeChat's cloud, and what a test may do to it. */
export interface SimulatedWechat extends WechatCloud {
  /** Every code so far, oldest first. */
  readonly codes: readonly IssuedCode[];
  readonly openApi: OpenApi;
  /** The session key stops being valid, as when it was not used for long. */
  expireSession(account: Account): void;
  /** code2Session refuses this person's codes with 40226. */
  block(personId: string): void;
  unblock(personId: string): void;
}

interface Parts {
  clock: Clock;
  random: Random;
  people: People;
  limits: WechatLimits;
}

export function createWechat({ clock, random, people, limits }: Parts) {
  const accounts = createAccounts(people, random);
  const codes = createCodes(clock, random);
  const blocked = new Set<string>();
  const { callsPerSecond = 4, exchangesPerMinute = 100 } = limits;
  const code2Session = createCode2Session({ clock, accounts, codes, blocked, exchangesPerMinute });
  const { openApi, handle } = createOpenApi({ clock, random, code2Session });
  const mayLogin = createRateLimit(clock, callsPerSecond, 1000);
  const mayCheck = createRateLimit(clock, callsPerSecond, 1000);

  const open = (account: Account, mayCall: (key: string) => boolean) => {
    const record = accounts.open(account);
    if (!mayCall(accountKey(account))) throw new Refusal(45009, 'reach max api frequency limit');
    return record;
  };

  const wechat: SimulatedWechat = {
    async issueCode(account) {
      return codes.issue(open(account, mayLogin));
    },
    async checkSession(account) {
      return open(account, mayCheck).sessionKey !== undefined;
    },
    get codes() {
      return codes.issued;
    },
    openApi,
    expireSession(account) {
      accounts.open(account).sessionKey = undefined;
    },
    block: (personId) => void blocked.add(personId),
    unblock: (personId) => void blocked.delete(personId),
  };
  return { wechat, addApp: accounts.addApp, handleOpenApi: handle };
}
