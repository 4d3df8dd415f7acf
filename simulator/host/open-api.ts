import type { Clock } from '../../ports/clock.js';

/**
 * What goes wrong with a call of the open API:
 * a number is answered as the host's error of that number, and spends nothing;
 * `nonsense` answers a web page, `empty` an empty object, both with status 200;
 * `down` answers 502; `lost` does, too, but the code is spent;
 * `hang` does not answer before `clear`; `delay` answers rightly, so many milliseconds late.
 */
export type OpenApiFault = number | NamedFault | { readonly delay: number };

export const NAMED_FAULTS = ['nonsense', 'empty', 'down', 'lost', 'hang'] as const;
type NamedFault = (typeof NAMED_FAULTS)[number];

/** One call of an exchange of login codes. */
export interface Exchange {
  readonly at: number;
  /** The host's number that was answered, 0 for a session, the fault that stood in its way, or that it still waits. */
  readonly outcome: number | NamedFault | 'pending';
}

/** One call of any. */
export interface OpenApiCall<Name extends string = string> extends Exchange {
  readonly api: Name;
}

/** What a call came to: 0 or the host's number, and what is answered. */
export interface OpenApiResult {
  readonly outcome: number;
  readonly body: object;
}

interface Parts<Name extends string> {
  clock: Clock;
  /** Does the work of a right call, or refuses it. */
  perform(api: Name, request: Request): Promise<OpenApiResult>;
  /** What is answered where a fault is a number. */
  refusal(fault: number): object;
  /** What the host says its JSON is. */
  contentType: string;
}

/** The faults of an open API, and the list of its calls. */
export interface OpenApiCounter<Name extends string> {
  readonly calls: readonly OpenApiCall<Name>[];
  fail(fault: OpenApiFault, times: number, api: Name): void;
  clear(): void;
  handle(api: Name, request: Request): Promise<Response>;
}

export function createOpenApiCounter<Name extends string>(parts: Parts<Name>): OpenApiCounter<Name> {
  const { clock, perform, refusal, contentType } = parts;
  const calls: { api: Name; at: number; outcome: Exchange['outcome'] }[] = [];
  const faults: { api: Name; fault: OpenApiFault; times: number }[] = [];
  const hanging = new Set<() => void>();

  const takeFault = (api: Name) => {
    const index = faults.findIndex((entry) => entry.api === api);
    const next = faults[index];
    if (!next) return undefined;
    next.times -= 1;
    if (next.times <= 0) faults.splice(index, 1);
    return next.fault;
  };

  const json = (body: object) => new Response(JSON.stringify(body), { headers: { 'content-type': contentType } });

  const broken = (fault: Exclude<NamedFault, 'hang'>): Response => {
    if (fault === 'empty') return json({});
    if (fault !== 'nonsense') return new Response('Bad Gateway', { status: 502 });
    return new Response('<!doctype html><title>Wi-Fi</title>', { headers: { 'content-type': 'text/html' } });
  };

  return {
    calls,
    fail: (fault, times, api) => void faults.push({ api, fault, times }),
    clear() {
      faults.length = 0;
      for (const goOn of hanging) goOn();
      hanging.clear();
    },
    async handle(api, request) {
      const record = { api, at: clock.now(), outcome: 'pending' as Exchange['outcome'] };
      calls.push(record);
      const fault = takeFault(api);

      if (fault === 'hang') {
        await new Promise<void>((resolve) => hanging.add(resolve));
      } else if (typeof fault === 'object') {
        await new Promise<void>((resolve) => clock.setTimeout(resolve, fault.delay));
      } else if (fault !== undefined) {
        record.outcome = fault;
        if (typeof fault === 'number') return json(refusal(fault));
        if (fault === 'lost') await perform(api, request);
        return broken(fault);
      }

      const { outcome, body } = await perform(api, request);
      record.outcome = outcome;
      return json(body);
    },
  };
}
