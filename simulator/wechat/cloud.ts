import type { Clock } from '../../ports/clock.js';
import { createRateLimit } from '../host/rate-limit.js';
import type { People } from '../people.js';
import type { Random } from '../random.js';
import { type Abilities, createAbilities } from './abilities.js';
import { createAccessTokens } from './access-tokens.js';
import { accountKey, createAccounts } from './accounts.js';
import { type Account, Refusal, type WechatCloud } from './cloud-port.js';
import { createCode2Session } from './code2session.js';
import { createCodes, type IssuedCode } from './codes.js';
import { createGetUserPhoneNumber } from './get-user-phone-number.js';
import { createOpenApi, type OpenApi, type OpenApiWork } from './open-api.js';
import { createOpenData } from './open-data.js';
import { createPhoneCodes, type IssuedPhoneCode } from './phone-codes.js';
import { createSessionKeys } from './session-keys.js';

/** How much one person may do in one app. */
export interface WechatLimits {
  /** Calls of each rate-limited client API; default 4 (W-03). */
  callsPerSecond?: number;
  /** Calls of code2Session; default 100 (S-01). */
  exchangesPerMinute?: number;
}

/** WeChat's cloud, and what a test may do to it. */
export interface SimulatedWechat extends WechatCloud {
  /** Every login code so far, oldest first. */
  readonly codes: readonly IssuedCode[];
  /** Every phone code so far, oldest first. */
  readonly phoneCodes: readonly IssuedPhoneCode[];
  readonly openApi: OpenApi;
  /** The ids of those who are blocked now. */
  readonly blockedPeople: readonly string[];
  /** The session key stops being valid, as when it was not used for long. */
  expireSession(account: Account): void;
  /** code2Session refuses this person's codes with 40226. */
  block(personId: string): void;
  unblock(personId: string): void;
  /** The app may not use an ability any more (W-14). */
  restrict: Abilities['restrict'];
  lift: Abilities['lift'];
  /** Which of their numbers a person gives from now on: the host's sheet offers several (W-13). */
  setPhoneNumber(personId: string, phoneNumber: string): void;
  /** How many phone numbers the app may still be given; without a call there is no limit (W-15). */
  setPhoneQuota: Abilities['setPhoneQuota'];
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
  const phoneCodes = createPhoneCodes(clock, random);
  const abilities = createAbilities();
  const openData = createOpenData(clock, random);
  const tokens = createAccessTokens(clock, random, accounts);
  const sessionKeys = createSessionKeys(accounts, random);
  const getUserPhoneNumber = createGetUserPhoneNumber({ people, abilities, phoneCodes, openData });
  const blocked = new Set<string>();
  const { callsPerSecond = 4, exchangesPerMinute = 100 } = limits;
  const code2Session = createCode2Session({ clock, accounts, codes, blocked, exchangesPerMinute });
  const mayCall = createRateLimit(clock, callsPerSecond, 1000);

  const withToken =
    (work: (appId: string, input: Parameters<OpenApiWork>[0]) => object | Promise<object>): OpenApiWork =>
    async (input) => ({ errcode: 0, errmsg: 'ok', ...(await work(tokens.check(input.query), input)) });

  const { openApi, route } = createOpenApi({
    clock,
    random,
    works: {
      code2Session: ({ query }) => code2Session(query),
      getStableAccessToken: ({ body }) => tokens.grant(body),
      getUserPhoneNumber: withToken((appId, { body }) => getUserPhoneNumber(appId, body)),
      checkSessionKey: withToken((appId, { query }) => sessionKeys.check(appId, query)),
      resetUserSessionKey: withToken((appId, { query }) => sessionKeys.reset(appId, query)),
    },
  });

  const openCounted = (account: Account, api: string) => {
    const record = accounts.open(account);
    if (!mayCall(`${api} ${accountKey(account)}`)) throw new Refusal(45009, 'reach max api frequency limit');
    return record;
  };

  const openWithPerson = (account: Account) => {
    const record = accounts.open(account);
    const person = people.find(record.personId);
    if (!person) throw new Refusal(40003, 'unknown person');
    return { record, person };
  };

  const wechat: SimulatedWechat = {
    async issueCode(account) {
      return codes.issue(openCounted(account, 'login'));
    },
    async checkSession(account) {
      return openCounted(account, 'checkSession').sessionKey !== undefined;
    },
    async countCall(account, api) {
      openCounted(account, api);
    },
    async checkAbility(account, ability) {
      abilities.check(accounts.open(account).appId, ability);
    },
    async givePhone(account, ability) {
      const { record, person } = openWithPerson(account);
      abilities.check(record.appId, ability);
      abilities.takePhone(record.appId);
      return { ...openData.sealPhone(record, person), code: phoneCodes.issue(account) };
    },
    async giveProfile(account, wish) {
      const { record, person } = openWithPerson(account);
      return openData.sealProfile(record, person, wish);
    },
    get codes() {
      return codes.issued;
    },
    get phoneCodes() {
      return phoneCodes.issued;
    },
    openApi,
    expireSession(account) {
      accounts.open(account).sessionKey = undefined;
    },
    get blockedPeople() {
      return [...blocked];
    },
    block: (personId) => void blocked.add(personId),
    unblock: (personId) => void blocked.delete(personId),
    restrict: abilities.restrict,
    lift: abilities.lift,
    setPhoneNumber: (personId, phoneNumber) => people.change(personId, { phoneNumber }),
    setPhoneQuota: abilities.setPhoneQuota,
  };
  return { wechat, addApp: accounts.addApp, routeOpenApi: route };
}
