import { NAMED_FAULTS, type OpenApiFault } from './host/open-api.js';
import { field } from './json.js';
import type { NewPerson, People } from './people.js';
import { RESTRICTIONS } from './wechat/abilities.js';
import type { SimulatedWechat } from './wechat/cloud.js';
import {
  ABILITIES,
  AbilityRefusal,
  type Account,
  COUNTED_APIS,
  type ProfileWish,
  Refusal,
} from './wechat/cloud-port.js';
import { OPEN_API_NAMES } from './wechat/open-api.js';

type Endpoint = (body: unknown) => unknown;

/**
 * The part of a world that devices and panels in another process use: plain JSON under `/simulator/`, open to pages of
 * every origin. It is meant for loopback only.
 */
export function createControlApi(people: People, wechat: SimulatedWechat): (request: Request) => Promise<Response> {
  const endpoints: Readonly<Record<string, Endpoint>> = {
    'GET /simulator/people': () => people.list(),
    'POST /simulator/people': (body) => people.add(readPerson(body)),
    'POST /simulator/wechat/codes': async (body) => ({ code: await wechat.issueCode(readAccount(body)) }),
    'POST /simulator/wechat/session-checks': async (body) => ({ valid: await wechat.checkSession(readAccount(body)) }),
    'POST /simulator/wechat/session-expiries': (body) => wechat.expireSession(readAccount(body)),
    'GET /simulator/wechat/blocks': () => wechat.blockedPeople,
    'POST /simulator/wechat/blocks': (body) => wechat.block(readText(body, 'personId')),
    'DELETE /simulator/wechat/blocks': (body) => wechat.unblock(readText(body, 'personId')),
    'POST /simulator/wechat/call-counts': (body) =>
      wechat.countCall(readAccount(body), readOne(body, 'api', COUNTED_APIS)),
    'POST /simulator/wechat/ability-checks': (body) => wechat.checkAbility(readAccount(body), readAbility(body)),
    'POST /simulator/wechat/given-phones': (body) => wechat.givePhone(readAccount(body), readAbility(body)),
    'POST /simulator/wechat/given-profiles': (body) => wechat.giveProfile(readAccount(body), readWish(body)),
    'POST /simulator/wechat/restrictions': (body) =>
      wechat.restrict(readText(body, 'appId'), readAbility(body), readOne(body, 'restriction', RESTRICTIONS)),
    'DELETE /simulator/wechat/restrictions': (body) => wechat.lift(readText(body, 'appId'), readAbility(body)),
    'POST /simulator/wechat/phone-numbers': (body) =>
      wechat.setPhoneNumber(readText(body, 'personId'), readText(body, 'phoneNumber')),
    'POST /simulator/wechat/phone-quotas': (body) =>
      wechat.setPhoneQuota(readText(body, 'appId'), readCount(body, 'left')),
    'POST /simulator/wechat/open-api-faults': (body) =>
      wechat.openApi.fail(readFault(body), readCount(body, 'times'), readOne(body, 'api', OPEN_API_NAMES)),
    'DELETE /simulator/wechat/open-api-faults': () => wechat.openApi.clear(),
  };

  return async (request) => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
    const endpoint = endpoints[`${request.method} ${new URL(request.url).pathname}`];
    if (!endpoint) return answer(404, { message: 'no such endpoint' });
    try {
      return answer(200, (await endpoint(await readBody(request))) ?? {});
    } catch (error) {
      if (error instanceof Refusal) return answer(409, { errcode: error.errcode, message: error.message });
      if (error instanceof AbilityRefusal) return answer(403, { errno: error.errno, message: error.message });
      if (error instanceof BadInput) return answer(400, { message: error.message });
      throw error;
    }
  };
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'content-type',
};

class BadInput extends Error {}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: CORS });
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInput('the body is no JSON');
  }
}

function readText(body: unknown, name: string): string {
  const value = field(body, name);
  if (typeof value !== 'string') throw new BadInput(`${name} must be a text`);
  return value;
}

function readAccount(body: unknown): Account {
  return { appId: readText(body, 'appId'), personId: readText(body, 'personId') };
}

const PERSON_TEXTS = ['avatarUrl', 'city', 'province', 'country', 'phoneNumber', 'countryCode'] as const;

function readPerson(body: unknown): NewPerson {
  const given = PERSON_TEXTS.filter((name) => field(body, name) !== undefined);
  return {
    nickname: readText(body, 'nickname'),
    ...Object.fromEntries(given.map((name) => [name, readText(body, name)])),
    ...(field(body, 'gender') === undefined ? {} : { gender: readOne(body, 'gender', [0, 1, 2]) }),
  };
}

function readAbility(body: unknown) {
  return readOne(body, 'ability', ABILITIES);
}

function readWish(body: unknown): ProfileWish {
  return {
    anonymous: field(body, 'anonymous') === true,
    withIds: field(body, 'withIds') === true,
    lang: readText(body, 'lang'),
  };
}

function readOne<T extends string | number>(body: unknown, name: string, values: readonly T[]): T {
  const value = values.find((candidate) => candidate === field(body, name));
  if (value === undefined) throw new BadInput(`${name} must be one of ${values.join(', ')}`);
  return value;
}

function readFault(body: unknown): OpenApiFault {
  const fault = field(body, 'fault');
  if (typeof fault === 'number') return fault;
  const named = NAMED_FAULTS.find((name) => name === fault);
  if (named) return named;
  const delay = field(fault, 'delay');
  if (typeof delay === 'number') return { delay };
  throw new BadInput(`fault must be a number, one of ${NAMED_FAULTS.join(', ')}, or a delay`);
}

/** JSON knows no Infinity: `null` stands for it. */
function readCount(body: unknown, name: string): number {
  const count = field(body, name);
  if (count === null) return Number.POSITIVE_INFINITY;
  if (typeof count !== 'number') throw new BadInput(`${name} must be a number or null`);
  return count;
}
