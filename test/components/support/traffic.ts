import type { VirtualClock } from '../../../simulator/index.js';
import type { ComponentPage } from './component-page.js';

/** What crossed the bridge between logic and view, from the first paint on (W-24). */
export interface Traffic {
  /** How often the screen changed; the first paint is one. What happens in one instant is one change. */
  changes: number;
  /** Calls of `setData`, and what they carried as JSON, in bytes. */
  calls: number;
  bytes: number;
  /** The same if the whole view were sent at each rendering. */
  wholeCalls: number;
  wholeBytes: number;
}

export interface Meter {
  /** Moves time by this many milliseconds, one at a time, and looks at the screen in each. */
  pass(ms: number): Promise<void>;
  traffic(): Traffic;
}

/** Counts what a page that has just been opened sends and shows. */
export function meter(page: ComponentPage<object>, clock: VirtualClock): Meter {
  let shown = page.shown();
  let changes = 1;
  const look = () => {
    const next = page.shown();
    if (next === shown) return;
    shown = next;
    changes += 1;
  };
  return {
    async pass(ms) {
      for (let passed = 0; passed < ms; passed += 1) {
        await clock.settle();
        look();
        await clock.advance(1);
        look();
      }
    },
    traffic: () => ({
      changes,
      calls: page.sent.length,
      bytes: bytesOf(page.sent),
      wholeCalls: page.rendered.length,
      wholeBytes: bytesOf(page.rendered),
    }),
  };
}

function bytesOf(sendings: readonly object[]): number {
  return sendings.reduce((sum, sending) => sum + Buffer.byteLength(JSON.stringify(sending)), 0);
}
