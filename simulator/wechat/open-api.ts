import type { Clock } from '../../ports/clock.js';
import { type Random, randomText } from '../random.js';
import { Refusal } from './cloud-port.js';

/** The calls of the open API that the simulator has. */
export const OPEN_API_NAMES = [
  'code2Session',
  'getStableAccessToken',
  'getUserPhoneNumber',
  'checkSessionKey',
  'resetUserSessionKey',
] as const;
export type OpenApiName = (typeof OPEN_API_NAMES)[number];

/** By method and path. */
const ADDRESSES: Readonly<Record<string, OpenApiName>> = {
  'GET /sns/jscode2session': 'code2Session',
  'POST /cgi-bin/stable_token': 'getStableAccessToken',
  'POST /wxa/business/getuserphonenumber': 'getUserPhoneNumber',
  'GET /wxa/checksession': 'checkSessionKey',
  'GET /wxa/resetusersessionkey': 'resetUserSessionKey',
};

/**
 * What goes wrong with a call of the open API:
 * a number is answered as that errcode, and spends nothing;
 * `nonsense` answers a web page, `empty` an empty object, both with status 200;
 * `down` answers 502; `lost` does, too, but the code is spent;
 * `hang` does not answer before {@link OpenApi.clear}; `delay` answers rightly, so many milliseconds late.
 */
export type OpenApiFault = number | NamedFault | { readonly delay: number };

export const NAMED_FAULTS = ['nonsense', 'empty', 'down', 'lost', 'hang'] as const;
type NamedFault = (typeof NAMED_FAULTS)[number];

/** One call of code2Session. */
export interface Exchange {
  readonly at: number;
  /** The errcode that was answered, 0 for a session, the fault that stood in its way, or that it still waits. */
  readonly outcome: number | NamedFault | 'pending';
}

/** One call of any. */
export interface OpenApiCall extends Exchange {
  readonly api: OpenApiName;
}

export interface OpenApi {
  /** Every call so far, oldest first. */
  readonly calls: readonly OpenApiCall[];
  /** Those of code2Session. */
  readonly exchanges: readonly Exchange[];
  /**
   * Lets the next calls go wrong.
   *
   * @param times how many; `Infinity`: until {@link OpenApi.clear}
   * @param api which calls; default `code2Session`
   */
  fail(fault: OpenApiFault, times?: number, api?: OpenApiName): void;
  /** Forgets all faults. What hangs goes on. */
  clear(): void;
}

export interface OpenApiInput {
  readonly query: URLSearchParams;
  /** What came as JSON. */
  readonly body: unknown;
}

/** Answers the fields of the success; what it refuses it throws as a {@link Refusal}. */
export type OpenApiWork = (input: OpenApiInput) => object | Promise<object>;

interface Parts {
  clock: Clock;
  random: Random;
  works: Readonly<Record<OpenApiName, OpenApiWork>>;
}

/** The open API over HTTP (S). What is none of its addresses is answered by `undefined`. */
export function createOpenApi({ clock, random, works }: Parts) {
  const calls: { api: OpenApiName; at: number; outcome: Exchange['outcome'] }[] = [];
  const faults: { api: OpenApiName; fault: OpenApiFault; times: number }[] = [];
  const hanging = new Set<() => void>();

  const takeFault = (api: OpenApiName) => {
    const index = faults.findIndex((entry) => entry.api === api);
    const next = faults[index];
    if (!next) return undefined;
    next.times -= 1;
    if (next.times <= 0) faults.splice(index, 1);
    return next.fault;
  };

  const refuse = (errcode: number, reason: string) => {
    const errmsg = `${reason}, rid: ${randomText(random, 8)}-${randomText(random, 8)}-${randomText(random, 8)}`;
    return { errcode, errmsg };
  };

  const perform = async (api: OpenApiName, input: OpenApiInput) => {
    try {
      return { errcode: 0, body: await works[api](input) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { errcode: error.errcode, body: refuse(error.errcode, error.message) };
    }
  };

  const openApi: OpenApi = {
    calls,
    get exchanges() {
      return calls.filter(({ api }) => api === 'code2Session').map(({ at, outcome }) => ({ at, outcome }));
    },
    fail(fault, times = 1, api = 'code2Session') {
      faults.push({ api, fault, times });
    },
    clear() {
      faults.length = 0;
      for (const goOn of hanging) goOn();
      hanging.clear();
    },
  };

  const handle = async (api: OpenApiName, request: Request): Promise<Response> => {
    const record = { api, at: clock.now(), outcome: 'pending' as Exchange['outcome'] };
    calls.push(record);
    const fault = takeFault(api);
    const input = { query: new URL(request.url).searchParams, body: parsed(await request.text()) };

    if (fault === 'hang') {
      await new Promise<void>((resolve) => hanging.add(resolve));
    } else if (typeof fault === 'object') {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, fault.delay));
    } else if (fault !== undefined) {
      record.outcome = fault;
      if (typeof fault === 'number') return json(refuse(fault, 'simulated fault'));
      if (fault === 'lost') await perform(api, input);
      return BROKEN[fault]();
    }

    const { errcode, body } = await perform(api, input);
    record.outcome = errcode;
    return json(body);
  };

  const route = (request: Request): Promise<Response> | undefined => {
    const api = ADDRESSES[`${request.method} ${new URL(request.url).pathname}`];
    return api && handle(api, request);
  };

  return { openApi, route };
}

const down = () => new Response('Bad Gateway', { status: 502 });

const BROKEN: Readonly<Record<Exclude<NamedFault, 'hang'>, () => Response>> = {
  nonsense: () => new Response('<!doctype html><title>Wi-Fi</title>', { headers: { 'content-type': 'text/html' } }),
  empty: () => json({}),
  down,
  lost: down,
};

/** WeChat labels its JSON as plain text. */
function json(body: object): Response {
  return new Response(JSON.stringify(body), { headers: { 'content-type': 'text/plain' } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
