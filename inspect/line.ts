import type { Clock } from '../ports/clock.js';
import type { OpenSocket, Socket } from './socket.js';

/** What a line tells whoever speaks through it. */
export interface LineListener {
  /** The other side can be spoken to, for the first time or again. */
  up(): void;
  heard(text: string): void;
  down(): void;
}

/** A connection that comes back by itself. */
export interface Line {
  /** Nothing happens while it is down. */
  say(text: string): void;
  /** Gives this connection up, and makes another. */
  renew(): void;
  /** Ends it for good. */
  close(): void;
}

export interface LineOptions {
  open: OpenSocket;
  url: string;
  clock: Clock;
  /** Jitter: at least 0 and below 1. */
  random: () => number;
  listener: LineListener;
}

const second = 1000;
/** Before the second try, before jitter; each further wait is twice as long, up to the longest. In milliseconds. */
const FIRST_WAIT = second / 2;
const LONGEST_WAIT = 15 * second;
/** For a connection to come about, in milliseconds: hosts may never say. */
const PATIENCE = 10 * second;

export function createLine({ open, url, clock, random, listener }: LineOptions): Line {
  let socket: Socket | null = null;
  let isUp = false;
  let isOver = false;
  let tries = 0;
  let timer: unknown = null;

  const wait = (callback: () => void, delay: number) => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(callback, delay);
  };

  /** Ends what there is of a connection, whatever it says to that. */
  const drop = () => {
    const [old, wasUp] = [socket, isUp];
    socket = null;
    isUp = false;
    try {
      if (old) old.close();
    } catch {
      // One that is closed already cannot be closed.
    }
    if (wasUp) listener.down();
  };

  const tryAgain = () => {
    drop();
    if (isOver) return;
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries);
    tries += 1;
    wait(connect, (longest * (1 + random())) / 2);
  };

  const connect = () => {
    const attempt: { isOver: boolean } = { isOver: false };
    const closed = () => {
      if (attempt.isOver) return;
      attempt.isOver = true;
      tryAgain();
    };
    wait(closed, PATIENCE);
    try {
      socket = open(url, {
        opened() {
          if (attempt.isOver) return;
          clock.clearTimeout(timer);
          isUp = true;
          listener.up();
        },
        heard(text) {
          if (attempt.isOver) return;
          // Somebody who answers is there; that a door opens says little.
          tries = 0;
          listener.heard(text);
        },
        closed,
      });
      end = () => {
        attempt.isOver = true;
      };
    } catch {
      closed();
    }
  };

  let end = () => {};
  // Not in the stack of whoever makes the inspector: the app starts first.
  wait(connect, 0);

  return {
    say(text) {
      if (!socket || !isUp) return;
      try {
        socket.send(text);
      } catch {
        end();
        tryAgain();
      }
    },
    renew() {
      end();
      tryAgain();
    },
    close() {
      isOver = true;
      end();
      clock.clearTimeout(timer);
      drop();
    },
  };
}
