import type { OpenApiFault } from '../host/open-api.js';
import type { Fetch } from '../host/request.js';
import { field } from '../json.js';
import type { NewPerson, Person } from '../people.js';
import type { Restriction } from './abilities.js';
import { type Ability, AbilityRefusal, type Account, Refusal, type WechatCloud } from './cloud-port.js';
import type { OpenApiName } from './open-api.js';

export interface RemoteCloudOptions {
  /** Where the world's `fetch` is served, without a path. */
  baseUrl: string;
  fetch?: Fetch;
}

/** A world in another process, as its devices and control panels see it. */
export interface RemoteCloud extends WechatCloud {
  people(): Promise<readonly Person[]>;
  addPerson(person: NewPerson): Promise<Person>;
  expireSession(account: Account): Promise<void>;
  /** As `SimulatedWechat.blockedPeople`. */
  blockedPeople(): Promise<readonly string[]>;
  block(personId: string): Promise<void>;
  unblock(personId: string): Promise<void>;
  /** As `SimulatedWechat.restrict`. */
  restrict(appId: string, ability: Ability, restriction: Restriction): Promise<void>;
  lift(appId: string, ability: Ability): Promise<void>;
  /** As `SimulatedWechat.setPhoneNumber`. */
  setPhoneNumber(personId: string, phoneNumber: string): Promise<void>;
  /** As `SimulatedWechat.setPhoneQuota`. */
  setPhoneQuota(appId: string, left: number): Promise<void>;
  /** As `OpenApi.fail`. */
  failOpenApi(fault: OpenApiFault, times?: number, api?: OpenApiName): Promise<void>;
  /** As `OpenApi.clear`. */
  clearOpenApi(): Promise<void>;
}

/**
 * The cloud over HTTP. Its members reject with a {@link Refusal} or an {@link AbilityRefusal} where the cloud refuses,
 * and with another error where it is out of reach.
 */
export function remoteCloud({ baseUrl, fetch = globalThis.fetch }: RemoteCloudOptions): RemoteCloud {
  const call = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, data?: object): Promise<T> => {
    const response = await fetch(`${baseUrl}/simulator/${path}`, {
      method,
      ...(data && { body: JSON.stringify(data), headers: { 'content-type': 'application/json' } }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const message = String(field(answer, 'message'));
    if (response.status === REFUSED) throw new Refusal(Number(field(answer, 'errcode')), message);
    if (response.status === RESTRICTED) throw new AbilityRefusal(message, readErrno(answer));
    throw new Error(message);
  };

  return {
    issueCode: async (account) => (await call<{ code: string }>('POST', 'wechat/codes', account)).code,
    checkSession: async (account) => (await call<{ valid: boolean }>('POST', 'wechat/session-checks', account)).valid,
    countCall: (account, api) => call('POST', 'wechat/call-counts', { ...account, api }),
    checkAbility: (account, ability) => call('POST', 'wechat/ability-checks', { ...account, ability }),
    givePhone: (account, ability) => call('POST', 'wechat/given-phones', { ...account, ability }),
    giveProfile: (account, wish) => call('POST', 'wechat/given-profiles', { ...account, ...wish }),
    people: () => call('GET', 'people'),
    addPerson: (person) => call('POST', 'people', person),
    expireSession: (account) => call('POST', 'wechat/session-expiries', account),
    blockedPeople: () => call('GET', 'wechat/blocks'),
    block: (personId) => call('POST', 'wechat/blocks', { personId }),
    unblock: (personId) => call('DELETE', 'wechat/blocks', { personId }),
    restrict: (appId, ability, restriction) => call('POST', 'wechat/restrictions', { appId, ability, restriction }),
    lift: (appId, ability) => call('DELETE', 'wechat/restrictions', { appId, ability }),
    setPhoneNumber: (personId, phoneNumber) => call('POST', 'wechat/phone-numbers', { personId, phoneNumber }),
    setPhoneQuota: (appId, left) => call('POST', 'wechat/phone-quotas', { appId, left: countable(left) }),
    failOpenApi: (fault, times = 1, api = 'code2Session') =>
      call('POST', 'wechat/open-api-faults', { fault, times: countable(times), api }),
    clearOpenApi: () => call('DELETE', 'wechat/open-api-faults'),
  };
}

/** The HTTP statuses that stand for a {@link Refusal} and for an {@link AbilityRefusal}. */
const REFUSED = 409;
const RESTRICTED = 403;

function readErrno(answer: unknown): number | undefined {
  const errno = field(answer, 'errno');
  return typeof errno === 'number' ? errno : undefined;
}

/** JSON knows no Infinity: `null` stands for it. */
function countable(count: number): number | null {
  return Number.isFinite(count) ? count : null;
}
