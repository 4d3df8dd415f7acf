import type { Clock } from '../ports/clock.js';

export interface VirtualTimer {
  readonly id: number;
  /** When it is due, in milliseconds since the epoch. */
  readonly at: number;
}

/** A clock that stands still until it is told to move. */
export interface VirtualClock extends Clock {
  /** What is still to come: by time, then by age. */
  readonly timers: readonly VirtualTimer[];

  /**
   * Moves time forward and fires what falls due on the way, one timer at a time, each at its own time. After each one
   * promises are given their turn, so timers that they set within the span are fired too.
   *
   * Work that goes through real I/O (a socket, a file, WebCrypto) is not waited for.
   *
   * @param ms how far, in milliseconds
   * @throws whatever a timer's callback throws
   */
  advance(ms: number): Promise<void>;

  /** Gives promises their turn, and moves no time. */
  settle(): Promise<void>;

  /**
   * Fires one chosen timer in this call stack, even before its turn, then gives promises theirs. Time moves to when the
   * timer is due, never backwards.
   *
   * @throws RangeError where there is no such timer
   */
  fire(id: number): Promise<void>;

  /**
   * Advances from timer to timer until there is none.
   *
   * @param limit how far time may move, in milliseconds; default ten minutes
   * @throws RangeError where timers are left beyond the limit
   */
  runUntilIdle(limit?: number): Promise<void>;
}

/**
 * Makes a clock for tests and simulations.
 *
 * @param start its first time, in milliseconds since the epoch
 */
export function createVirtualClock(start: number = Date.UTC(2026, 0, 1)): VirtualClock {
  let time = start;
  let lastId = 0;
  let changes = 0;
  const waiting = new Map<number, { at: number; callback: () => void }>();

  const timers = (): VirtualTimer[] =>
    [...waiting].map(([id, { at }]) => ({ id, at })).sort((a, b) => a.at - b.at || a.id - b.id);

  const run = (id: number) => {
    const timer = waiting.get(id);
    if (!timer) throw new RangeError(`there is no timer ${id}`);
    waiting.delete(id);
    time = Math.max(time, timer.at);
    timer.callback();
  };

  const settle = async () => {
    let quiet = 0;
    while (quiet < QUIET_TURNS) {
      const before = changes;
      await turn();
      quiet = changes === before ? quiet + 1 : 0;
    }
  };

  const runUntil = async (end: number) => {
    await settle();
    for (let next = timers()[0]; next && next.at <= end; next = timers()[0]) {
      run(next.id);
      await settle();
    }
  };

  return {
    now: () => time,
    setTimeout(callback, delay) {
      changes += 1;
      lastId += 1;
      waiting.set(lastId, { at: time + Math.max(0, delay), callback });
      return lastId;
    },
    clearTimeout(timer) {
      if (typeof timer === 'number' && waiting.delete(timer)) changes += 1;
    },
    get timers() {
      return timers();
    },
    async advance(ms) {
      const end = time + ms;
      await runUntil(end);
      time = Math.max(time, end);
    },
    settle,
    async fire(id) {
      run(id);
      await settle();
    },
    async runUntilIdle(limit = 10 * 60_000) {
      await runUntil(time + limit);
      if (waiting.size > 0) throw new RangeError(`${waiting.size} timers are left after ${limit} ms`);
    },
  };
}

/** Promises that read a body in memory hop over an event-loop turn or two; three without a timer's stir is quiet. */
const QUIET_TURNS = 3;

/** One turn of the real event loop: every promise callback that can run has run before it ends. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
