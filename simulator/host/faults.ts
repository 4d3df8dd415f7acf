/** What goes wrong with one call of a host API. What does not exclude each other may be combined. */
export interface Fault {
  /** Throws this in the caller's stack, and answers nothing. Beside `answer` the only fault that an API without callbacks knows. */
  readonly throw?: unknown;
  /** Answers so many milliseconds later, instead of after the device's latency. */
  readonly delay?: number;
  /** Does not answer before `HungCall.release`; the call's own timeout is ignored, too (W-02). */
  readonly hang?: true;
  /** With a delay: the call's own timeout is ignored (W-02). */
  readonly ignoreTimeout?: true;
  /** The call does its work at once and only answers late; without it the work is done when it answers. */
  readonly early?: true;
  /** Fails with this payload, and does no work. The default of `errMsg` is `<api>:fail`. */
  readonly fail?: Readonly<Record<string, unknown>>;
  /** Answers this instead of what it would, and does no work; what an API that answers at once then returns. */
  readonly answer?: unknown;
  /** Succeeds with an empty code, and does no work (W-02). */
  readonly emptyCode?: true;
  /** Answers twice. */
  readonly twice?: true;
}

export interface Faults<Name extends string = string> {
  /** The next call of `api` that has no fault yet goes wrong. */
  next(api: Name, fault: Fault): void;
  /** Every call of `api` goes wrong, unless {@link Faults.next} has something else for it. */
  always(api: Name, fault: Fault): void;
  /** Forgets the faults of one API, or all. Calls that already hang keep hanging. */
  clear(api?: Name): void;
}

export function createFaults<Name extends string>(): Faults<Name> & { take(api: Name): Fault } {
  const queued = new Map<Name, Fault[]>();
  const standing = new Map<Name, Fault>();
  return {
    next(api, fault) {
      queued.set(api, [...(queued.get(api) ?? []), fault]);
    },
    always(api, fault) {
      standing.set(api, fault);
    },
    clear(api) {
      for (const faults of [queued, standing]) {
        if (api === undefined) faults.clear();
        else faults.delete(api);
      }
    },
    take: (api) => queued.get(api)?.shift() ?? standing.get(api) ?? {},
  };
}
