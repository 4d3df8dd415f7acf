import type { Clock } from '../../ports/clock.js';
import { createOpenApiCounter, type Exchange, type OpenApiCall, type OpenApiFault } from '../host/open-api.js';
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

export interface OpenApi {
  /** Every call so far, oldest first. */
  readonly calls: readonly OpenApiCall<OpenApiName>[];
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
  const refuse = (errcode: number, reason: string) => {
    const errmsg = `${reason}, rid: ${randomText(random, 8)}-${randomText(random, 8)}-${randomText(random, 8)}`;
    return { errcode, errmsg };
  };

  const counter = createOpenApiCounter<OpenApiName>({
    clock,
    async perform(api, request) {
      const input = { query: new URL(request.url).searchParams, body: parsed(await request.text()) };
      try {
        return { outcome: 0, body: await works[api](input) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { outcome: error.errcode, body: refuse(error.errcode, error.message) };
      }
    },
    refusal: (errcode) => refuse(errcode, 'simulated fault'),
    // WeChat labels its JSON as plain text.
    contentType: 'text/plain',
  });

  const openApi: OpenApi = {
    calls: counter.calls,
    get exchanges() {
      return counter.calls
        .filter(({ api }) => api === 'code2Session')
        .map(({ at, outcome }): Exchange => ({ at, outcome }));
    },
    fail: (fault, times = 1, api = 'code2Session') => counter.fail(fault, times, api),
    clear: counter.clear,
  };

  const route = (request: Request): Promise<Response> | undefined => {
    const api = ADDRESSES[`${request.method} ${new URL(request.url).pathname}`];
    return api && counter.handle(api, request);
  };

  return { openApi, route };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
