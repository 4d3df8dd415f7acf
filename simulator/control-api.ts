import { field } from './json.js';
import type { NewPerson, People } from './people.js';
import type { SimulatedWechat } from './wechat/cloud.js';
import { type Account, Refusal } from './wechat/cloud-port.js';
import { NAMED_FAULTS, type OpenApiFault } from './wechat/open-api.js';

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
    'POST /simulator/wechat/blocks': (body) => wechat.block(readText(body, 'personId')),
    'DELETE /simulator/wechat/blocks': (body) => wechat.unblock(readText(body, 'personId')),
    'POST /simulator/wechat/open-api-faults': (body) => wechat.openApi.fail(readFault(body), readTimes(body)),
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

function readPerson(body: unknown): NewPerson {
  return { nickname: readText(body, 'nickname') };
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
function readTimes(body: unknown): number {
  const times = field(body, 'times');
  if (times === null) return Number.POSITIVE_INFINITY;
  if (typeof times !== 'number') throw new BadInput('times must be a number or null');
  return times;
}
