import { field } from '../json.js';
import type { NewPerson, Person } from '../people.js';
import { type Account, Refusal, type WechatCloud } from './cloud-port.js';
import type { OpenApiFault } from './open-api.js';
import type { Fetch } from './request.js';

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
  block(personId: string): Promise<void>;
  unblock(personId: string): Promise<void>;
  /** As `OpenApi.fail`. */
  failOpenApi(fault: OpenApiFault, times?: number): Promise<void>;
  /** As `OpenApi.clear`. */
  clearOpenApi(): Promise<void>;
}

/**
 * The cloud over HTTP. Its members reject with a {@link Refusal} where the cloud refuses, and with another error where
 * it is out of reach.
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
    throw new Error(message);
  };

  return {
    issueCode: async (account) => (await call<{ code: string }>('POST', 'wechat/codes', account)).code,
    checkSession: async (account) => (await call<{ valid: boolean }>('POST', 'wechat/session-checks', account)).valid,
    people: () => call('GET', 'people'),
    addPerson: (person) => call('POST', 'people', person),
    expireSession: (account) => call('POST', 'wechat/session-expiries', account),
    block: (personId) => call('POST', 'wechat/blocks', { personId }),
    unblock: (personId) => call('DELETE', 'wechat/blocks', { personId }),
    failOpenApi: (fault, times = 1) =>
      call('POST', 'wechat/open-api-faults', { fault, times: Number.isFinite(times) ? times : null }),
    clearOpenApi: () => call('DELETE', 'wechat/open-api-faults'),
  };
}

/** The HTTP status that stands for a {@link Refusal}. */
const REFUSED = 409;
