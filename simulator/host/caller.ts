import type { Clock } from '../../ports/clock.js';
import type { CallLog } from './call-log.js';
import type { Fault } from './faults.js';
import { HostFailure, type HostNumbers } from './host-failure.js';
import type { HungCalls } from './hung-calls.js';

export interface Payload {
  readonly errMsg: string;
}

/** What every asynchronous API of the host takes. The host answers by these alone (W-01). */
export interface Callbacks {
  success?(result: Payload): void;
  fail?(error: Payload): void;
  complete?(result: Payload): void;
}

export interface Call<Name extends string> {
  api: Name;
  callbacks: Callbacks;
  /** Does the work and answers the fields of the success. What it throws should be a {@link HostFailure}. */
  work(signal: AbortSignal): Promise<object> | object;
  /** When the host gives up by itself, in milliseconds; never, if there is none. */
  timeout?: number | undefined;
}

export interface CallHandle {
  /** Ends the call with this failure; a call that was answered stays as it is. */
  end(failure: HostFailure): void;
}

/** How one running app's calls of the host go. */
export interface Caller<Name extends string> {
  /** Calls an API that answers later, by callbacks. */
  call(call: Call<Name>): CallHandle;
  /** Calls an API that answers at once. */
  callSync(api: Name, work: () => unknown): unknown;
  /** The app was killed: it hears nothing more. */
  kill(): void;
}

interface Parts<Name extends string> {
  clock: Clock;
  log: CallLog<Name>;
  hung: HungCalls<Name>;
  takeFault(api: Name): Fault;
  /** How long an asynchronous call takes, in milliseconds. */
  latency: number;
  /** Which of its numbers this host tells. */
  told(numbers: HostNumbers): HostNumbers;
  /** How the host puts it that it gave up by itself. */
  timedOut(): HostFailure;
}

interface Answer {
  readonly ok: boolean;
  readonly payload: Payload;
}

export function createCaller<Name extends string>(parts: Parts<Name>): Caller<Name> {
  const { clock, log, hung, takeFault, latency, told, timedOut } = parts;
  let alive = true;

  const failure = (api: Name, { status, numbers }: HostFailure): Answer => ({
    ok: false,
    payload: { errMsg: `${spoken(api)}:${status}`, ...told(numbers) },
  });

  const success = (api: Name, fields: object): Answer => ({
    ok: true,
    payload: { errMsg: `${spoken(api)}:ok`, ...fields },
  });

  const outcome = async ({ api, work }: Call<Name>, fault: Fault, signal: AbortSignal): Promise<Answer> => {
    if (fault.fail) return { ok: false, payload: { errMsg: `${spoken(api)}:fail`, ...fault.fail } };
    if (typeof fault.answer === 'object' && fault.answer) return success(api, fault.answer);
    if (fault.emptyCode) return success(api, { code: '' });
    try {
      return success(api, await work(signal));
    } catch (error) {
      if (error instanceof HostFailure) return failure(api, error);
      throw error;
    }
  };

  const tell = ({ success, fail, complete }: Callbacks, { ok, payload }: Answer) => {
    try {
      if (ok) success?.(payload);
      else fail?.(payload);
    } finally {
      complete?.(payload);
    }
  };

  return {
    call(call) {
      const { api, timeout } = call;
      const close = log.open(api);
      const fault = takeFault(api);
      if ('throw' in fault) {
        close('thrown');
        throw fault.throw;
      }

      const aborter = new AbortController();
      const cleanups: (() => void)[] = [];
      let ended = false;

      const after = (delay: number, callback: () => void) => {
        const timer = clock.setTimeout(callback, delay);
        cleanups.push(() => clock.clearTimeout(timer));
      };
      const settle = () => {
        ended = true;
        for (const cleanup of cleanups) cleanup();
      };
      const deliver = (answer: Answer) => {
        close(answer.ok ? 'success' : 'fail');
        for (let times = fault.twice ? 2 : 1; alive && times > 0; times -= 1) tell(call.callbacks, answer);
      };
      const end = (reason: HostFailure) => {
        if (ended) return;
        settle();
        aborter.abort();
        clock.setTimeout(() => deliver(failure(api, reason)), 0);
      };

      const early = fault.early && outcome(call, fault, aborter.signal);
      const goOn = async () => {
        const answer = await (early ?? outcome(call, fault, aborter.signal));
        if (ended) return;
        settle();
        deliver(answer);
      };

      if (fault.hang) {
        cleanups.push(hung.add(api, goOn));
        return { end };
      }
      after(fault.delay ?? latency, goOn);
      if (timeout !== undefined && !fault.ignoreTimeout) {
        after(timeout, () => end(timedOut()));
      }
      return { end };
    },

    callSync(api, work) {
      const close = log.open(api);
      const fault = takeFault(api);
      try {
        if ('throw' in fault) throw fault.throw;
        const result = 'answer' in fault ? fault.answer : work();
        close('success');
        return result;
      } catch (error) {
        close('thrown');
        throw error;
      }
    },

    kill() {
      alive = false;
    },
  };
}

/** A button's event bears the name of its open-type alone. */
function spoken(api: string): string {
  return api.replace('button.', '');
}
