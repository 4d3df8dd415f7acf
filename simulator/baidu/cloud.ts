import type { Clock } from '../../ports/clock.js';
import { fromBase64 } from '../crypto/base64.js';
import type { People } from '../people.js';
import { type Random, randomBase64, randomHex } from '../random.js';
import { type BaiduAccountRecord, createBaiduAccounts } from './accounts.js';
import {
  type BaiduAbility,
  type BaiduAccount,
  type BaiduCloud,
  BaiduRefusal,
  type SealedByBaidu,
} from './cloud-port.js';
import { createBaiduCodes, type IssuedBaiduCode } from './codes.js';
import { type BaiduOpenApi, createBaiduOpenApi } from './open-api.js';
import { encryptBaiduData } from './sealing.js';

/** Baidu's cloud, and what a test may do to it. */
export interface SimulatedBaidu extends BaiduCloud {
  /** Every login code so far, oldest first. */
  readonly codes: readonly IssuedBaiduCode[];
  readonly openApi: BaiduOpenApi;
  /** The session key stops being valid, as when it was not used for long. */
  expireSession(account: BaiduAccount): void;
  /** The app may not ask for this any more: 10005 (B-04). */
  forbid(appKey: string, ability: BaiduAbility): void;
  permit(appKey: string, ability: BaiduAbility): void;
}

interface Parts {
  clock: Clock;
  random: Random;
  people: People;
}

export function createBaidu({ clock, random, people }: Parts) {
  const accounts = createBaiduAccounts(people, random);
  const codes = createBaiduCodes(clock, random);
  const { openApi, route } = createBaiduOpenApi({ clock, accounts, codes });
  const forbidden = new Set<string>();
  const key = (appKey: string, ability: BaiduAbility) => JSON.stringify([appKey, ability]);

  /** Without a valid key the host still seals: with one that no server ever gets. */
  const seal = ({ appKey, sessionKey = randomHex(random, 16) }: BaiduAccountRecord, content: object): SealedByBaidu => {
    const iv = randomBase64(random, 16);
    const noise = fromBase64(randomBase64(random, 16));
    return { data: encryptBaiduData(JSON.stringify(content), { sessionKey, iv, appKey }, noise), iv };
  };

  const baidu: SimulatedBaidu = {
    async issueCode(account) {
      return codes.issue(accounts.open(account));
    },
    async checkSession(account) {
      return accounts.open(account).sessionKey !== undefined;
    },
    async checkAbility({ appKey }, ability) {
      if (forbidden.has(key(appKey, ability))) throw new BaiduRefusal(10005, 'system deny');
    },
    async givePhone(account) {
      const record = accounts.open(account);
      return seal(record, { mobile: record.person.phoneNumber });
    },
    async giveProfile(account) {
      const record = accounts.open(account);
      const { nickname, avatarUrl, gender } = record.person;
      const sealed = { openid: record.openid, nickname, headimgurl: avatarUrl, sex: gender };
      return { userInfo: { nickName: nickname, avatarUrl, gender }, ...seal(record, sealed) };
    },
    get codes() {
      return codes.issued;
    },
    openApi,
    expireSession(account) {
      accounts.open(account).sessionKey = undefined;
    },
    forbid: (appKey, ability) => void forbidden.add(key(appKey, ability)),
    permit: (appKey, ability) => void forbidden.delete(key(appKey, ability)),
  };
  return { baidu, addApp: accounts.addApp, routeOpenApi: route };
}
