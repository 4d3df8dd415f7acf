import type { Clock } from '../../ports/clock.js';
import { type Random, randomText } from '../random.js';
import { Refusal } from './cloud-port.js';
import type { WechatSession } from './code2session.js';

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

export interface OpenApi {
  /** Every call of code2Session so far, oldest first. */
  readonly exchanges: readonly Exchange[];
  /**
   * Lets the next calls go wrong.
   *
   * @param times how many; `Infinity`: until {@link OpenApi.clear}
   */
  fail(fault: OpenApiFault, times?: number): void;
  /** Forgets all faults. What hangs goes on. */
  clear(): void;
}

interface Parts {
  clock: Clock;
  random: Random;
  code2Session(query: URLSearchParams): WechatSession;
}

/** The open API over HTTP (S). */
export function createOpenApi({ clock, random, code2Session }: Parts) {
  const exchanges: { at: number; outcome: Exchange['outcome'] }[] = [];
  const faults: { fault: OpenApiFault; times: number }[] = [];
  const hanging = new Set<() => void>();

  const takeFault = () => {
    const next = faults[0];
    if (!next) return undefined;
    next.times -= 1;
    if (next.times <= 0) faults.shift();
    return next.fault;
  };

  const refuse = (errcode: number, reason: string) => {
    const errmsg = `${reason}, rid: ${randomText(random, 8)}-${randomText(random, 8)}-${randomText(random, 8)}`;
    return { errcode, errmsg };
  };

  const exchange = (query: URLSearchParams) => {
    try {
      return { errcode: 0, body: code2Session(query) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { errcode: error.errcode, body: refuse(error.errcode, error.message) };
    }
  };

  const openApi: OpenApi = {
    exchanges,
    fail(fault, times = 1) {
      faults.push({ fault, times });
    },
    clear() {
      faults.length = 0;
      for (const goOn of hanging) goOn();
      hanging.clear();
    },
  };

  const handle = async (request: Request): Promise<Response> => {
    const query = new URL(request.url).searchParams;
    const record = { at: clock.now(), outcome: 'pending' as Exchange['outcome'] };
    exchanges.push(record);
    const fault = takeFault();

    if (fault === 'hang') {
      await new Promise<void>((resolve) => hanging.add(resolve));
    } else if (typeof fault === 'object') {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, fault.delay));
    } else if (fault !== undefined) {
      record.outcome = fault;
      if (typeof fault === 'number') return json(refuse(fault, 'simulated fault'));
      if (fault === 'lost') exchange(query);
      return BROKEN[fault]();
    }

    const { errcode, body } = exchange(query);
    record.outcome = errcode;
    return json(body);
  };

  return { openApi, handle };
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
