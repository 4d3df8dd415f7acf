import type { Clock } from '../../ports/clock.js';
import { createOpenApiCounter, type OpenApiCall, type OpenApiFault } from '../host/open-api.js';
import type { BaiduAccounts } from './accounts.js';
import type { BaiduCodes } from './codes.js';
import { ExchangeRefusal } from './exchange-refusal.js';

/** The only call of Baidu's open API that the simulator has. */
export type BaiduOpenApiName = 'jscode2sessionkey';

export interface BaiduOpenApi {
  /** Every call so far, oldest first. */
  readonly calls: readonly OpenApiCall<BaiduOpenApiName>[];
  /**
   * Lets the next calls go wrong.
   *
   * @param times how many; `Infinity`: until {@link BaiduOpenApi.clear}
   */
  fail(fault: OpenApiFault, times?: number): void;
  /** Forgets all faults. What hangs goes on. */
  clear(): void;
}

interface Parts {
  clock: Clock;
  accounts: BaiduAccounts;
  codes: BaiduCodes;
}

/** The open API over HTTP (B-08). What is not its address is answered by `undefined`. */
export function createBaiduOpenApi({ clock, accounts, codes }: Parts) {
  const exchange = async (request: Request) => {
    const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
    const form = new URLSearchParams(isForm ? await request.text() : '');
    const app = accounts.app(required(form, 'client_id'));
    if (!app) throw new ExchangeRefusal('invalid_client', 'unknown client id');
    if (required(form, 'sk') !== app.appSecret)
      throw new ExchangeRefusal('invalid_client', 'Client authentication failed');
    const { openid, sessionKey } = codes.spend(required(form, 'code'), app.appKey);
    return { openid, session_key: sessionKey };
  };

  const counter = createOpenApiCounter<BaiduOpenApiName>({
    clock,
    async perform(_, request) {
      try {
        return { outcome: 0, body: await exchange(request) };
      } catch (refusal) {
        if (!(refusal instanceof ExchangeRefusal)) throw refusal;
        const { errno, error, message } = refusal;
        return { outcome: errno, body: { errno, error, error_description: message } };
      }
    },
    refusal: (errno) => ({ errno, error: 'simulated_fault', error_description: 'simulated fault' }),
    contentType: 'application/json',
  });

  const openApi: BaiduOpenApi = {
    calls: counter.calls,
    fail: (fault, times = 1) => counter.fail(fault, times, 'jscode2sessionkey'),
    clear: counter.clear,
  };

  const route = (request: Request): Promise<Response> | undefined => {
    const isHere = request.method === 'POST' && new URL(request.url).pathname === '/oauth/jscode2sessionkey';
    return isHere ? counter.handle('jscode2sessionkey', request) : undefined;
  };

  return { openApi, route };
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new ExchangeRefusal('invalid_request', `${name} is missing`);
  return value;
}
