import type { Clock } from '../../ports/clock.js';

/** One call of a host API. */
export interface HostCall<Name extends string = string> {
  readonly api: Name;
  readonly at: number;
  /** Whether it was made in the call stack of a tap. */
  readonly inGesture: boolean;
  readonly outcome: 'pending' | 'success' | 'fail' | 'thrown';
  /** When it was answered; `null` while it is pending. */
  readonly answeredAt: number | null;
}

export interface CallLog<Name extends string> {
  readonly calls: readonly HostCall<Name>[];
  /** The most calls of `api` that ever waited for an answer at the same time. */
  maxConcurrent(api: Name): number;
  /** Notes a call; the answer notes its end. */
  open(api: Name): (outcome: HostCall['outcome']) => void;
}

export function createCallLog<Name extends string>(clock: Clock, isInGesture: () => boolean): CallLog<Name> {
  const calls: HostCall<Name>[] = [];
  const concurrent = new Map<Name, { now: number; max: number }>();
  return {
    calls,
    maxConcurrent: (api) => concurrent.get(api)?.max ?? 0,
    open(api) {
      const call = {
        api,
        at: clock.now(),
        inGesture: isInGesture(),
        outcome: 'pending' as HostCall['outcome'],
        answeredAt: null as number | null,
      };
      calls.push(call);
      const count = concurrent.get(api) ?? { now: 0, max: 0 };
      concurrent.set(api, count);
      count.now += 1;
      count.max = Math.max(count.max, count.now);
      return (outcome) => {
        call.outcome = outcome;
        call.answeredAt = clock.now();
        count.now -= 1;
      };
    },
  };
}
