import type { Clock } from '../ports/clock.js';

export interface DueTimer {
  readonly id: number;
  /** Which timer it is: the same for the same timer of every run. */
  readonly name: string;
  /** In milliseconds. */
  readonly delay: number;
  /** Serial number of the step that set it. */
  readonly step: number;
}

/** A clock for explorations: time stands still until the timer that is chosen goes off, or time is let pass. */
export interface ExploringClock extends Clock {
  /** All timers that are set, in the order of setting. */
  timers(): readonly DueTimer[];

  /**
   * The timers that may be the next to go off. How much time lies between two steps is the world's to choose, so a long
   * timer may end before a shorter one that was set in a later step; but never before one of the same step or an earlier
   * one that has no longer to go.
   */
  next(): readonly DueTimer[];

  /** What is set from now on is set later. */
  nextStep(): void;

  /** Lets a timer go off in this call stack. Its whole delay passes, and a little more. */
  fire(id: number): void;

  /**
   * Lets time pass in which no timer goes off, as in the background.
   *
   * @param ms in milliseconds
   * @throws RangeError where it would go back, or never end
   */
  pass(ms: number): void;
}

/**
 * @param nameTimer names the timer that is being set; `null` where nobody knows it, so that its delay has to do
 * @param start the first time, in milliseconds since the epoch
 */
export function createExploringClock(nameTimer: () => string | null, start = Date.UTC(2026, 0, 1)): ExploringClock {
  let time = start;
  let lastId = 0;
  let step = 0;
  const waiting = new Map<number, DueTimer & { callback: () => void }>();

  return {
    now: () => time,
    setTimeout(callback, delay) {
      lastId += 1;
      waiting.set(lastId, { id: lastId, name: nameTimer() ?? `${Math.round(delay)} ms`, delay, step, callback });
      return lastId;
    },
    clearTimeout(timer) {
      if (typeof timer === 'number') waiting.delete(timer);
    },
    timers: () => [...waiting.values()],
    next() {
      const timers = [...waiting.values()];
      return timers.filter((timer) => !timers.some((other) => isSooner(other, timer)));
    },
    nextStep() {
      step += 1;
    },
    fire(id) {
      const timer = waiting.get(id);
      if (!timer) throw new RangeError(`there is no timer ${id}`);
      waiting.delete(id);
      time += timer.delay * LATE;
      timer.callback();
    },
    pass(ms) {
      if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`${ms} ms cannot pass`);
      time += ms;
    },
  };
}

/** Timers go off late, never early: what is about as old as a timer is surely old once that went off. */
const LATE = 1.01;

/** Whether one timer goes off before the other, whatever the world does. */
export function isSooner(one: DueTimer, other: DueTimer): boolean {
  if (one.step > other.step) return false;
  return one.delay < other.delay || (one.delay === other.delay && one.id < other.id);
}
