import type { Member } from './cast.js';
import { defer } from './thenable.js';

/** How a call ends. */
export type Verdict = { readonly value: unknown } | { readonly error: unknown };

/** A call of the world that has not been answered yet. */
export interface PendingCall {
  readonly name: string;
  readonly input: unknown;
  /** In milliseconds since the epoch. */
  readonly calledAt: number;
  /** Which actor waits for it, where one does that bears the call's name. */
  readonly asker: string | null;
  /** Whether nobody waits for it any more: its answer will come late. */
  readonly isLate: boolean;
  /** Ends it in this call stack. */
  answer(verdict: Verdict): void;
}

export interface PendingCalls {
  call<Output>(name: string, input: unknown): PromiseLike<Output>;
  /** In the order of calling. */
  pending(): readonly PendingCall[];
  /**
   * Finds out who waits for what, once a step is over.
   *
   * @param members the actors that live
   * @param mostLate how many late calls are kept: the world never answers those that were given up before
   * @param mayBeLate whether the world may answer calls of this name late; those of others are not kept
   */
  sort(members: readonly Member[], mostLate: number, mayBeLate: (name: string) => boolean): void;
}

interface Call {
  readonly name: string;
  readonly input: unknown;
  readonly calledAt: number;
  asker: Member | null;
  isLate: boolean;
  readonly end: (verdict: Verdict) => void;
}

/**
 * @param now milliseconds since the epoch
 * @param isLate whether nobody waits for a call that no actor of its name has made, such as a companion's; the second
 *   argument says whether it is the newest of its name
 */
export function createPendingCalls(
  now: () => number,
  isLate: (call: Pick<PendingCall, 'name' | 'calledAt'>, isNewest: boolean) => boolean,
): PendingCalls {
  let calls: Call[] = [];
  /** In the order of giving up. */
  let late: Call[] = [];
  /** Those that were there when the last step was over. */
  let before: readonly Call[] = [];
  const known = new WeakSet<object>();

  return {
    call<Output>(name: string, input: unknown) {
      const { promise, resolve, reject } = defer<Output>();
      const call: Call = {
        name,
        input,
        calledAt: now(),
        asker: null,
        isLate: false,
        end(verdict) {
          calls = calls.filter((other) => other !== call);
          if ('value' in verdict) resolve(verdict.value as Output);
          else reject(verdict.error);
        },
      };
      calls.push(call);
      return promise;
    },

    pending: () =>
      calls.map(({ name, input, calledAt, asker, isLate, end }) => ({
        name,
        input,
        calledAt,
        asker: asker?.name ?? null,
        isLate,
        answer: end,
      })),

    sort(members, mostLate, mayBeLate) {
      const living = new Set(members.map(({ actor }) => actor));
      // Who makes a call at its start waits for it; who has lived before makes one in passing, as companions do.
      const newcomers = members.filter(({ actor }) => !known.has(actor));
      for (const { actor } of newcomers) known.add(actor);
      for (const call of calls) {
        if (call.isLate) continue;
        // Whoever came and went within a step is not known: their call is not that of who comes later.
        if (!before.includes(call)) call.asker = newcomers.find((member) => isTaken(member, call, calls)) ?? null;
        if (call.asker) call.isLate = !living.has(call.asker.actor);
        else call.isLate = isLate(call, calls.findLast(({ name }) => name === call.name) === call);
        if (call.isLate && mayBeLate(call.name)) late.push(call);
      }
      late = late.filter((call) => calls.includes(call));
      late = late.slice(Math.max(0, late.length - mostLate));
      calls = calls.filter((call) => !call.isLate || late.includes(call));
      before = [...calls];
    },
  };
}

function isTaken({ actor }: Member, { name }: Call, calls: readonly Call[]): boolean {
  return actor.src === name && !calls.some(({ asker }) => asker?.actor === actor);
}
