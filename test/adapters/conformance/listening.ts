import { expect, vi } from 'vitest';
import type { Platform } from '../../../ports/platform.js';
import type { Bench, Check, Device } from './rig.js';

/** A member that tells of what happens on the device. */
export interface Happening {
  on(platform: Platform, listener: () => void): () => void;
  happens(device: Device): void;
}

export const show: Happening = {
  on: (platform, listener) => platform.onShow(listener),
  happens: (device) => device.show(),
};

/** Only the network's return is told, not its going. */
export const online: Happening = {
  on: (platform, listener) => platform.onOnline(listener),
  happens(device) {
    device.goOffline();
    device.goOnline();
  },
};

const happen = async ({ happens }: Happening, { clock, device }: Bench) => {
  happens(device);
  await clock.settle();
};

/** What must come of listening, for each thing that the host may do. */
export function listeningChecks(event: Happening) {
  const expectSilence: Check = async (bench) => {
    const listener = vi.fn();
    const stop = event.on(bench.platform, listener);
    await happen(event, bench);
    stop();
    expect(listener).not.toHaveBeenCalled();
  };

  return {
    async success(bench) {
      const listener = vi.fn();
      event.on(bench.platform, listener);
      expect(listener).not.toHaveBeenCalled();
      await happen(event, bench);
      await happen(event, bench);
      expect(listener).toHaveBeenCalledTimes(2);
    },

    'no answer': expectSilence,

    /** Nobody hears what happens after they stopped, whether or not the host can unregister. */
    async 'late answer'(bench) {
      const [one, other] = [vi.fn(), vi.fn()];
      const stop = event.on(bench.platform, one);
      event.on(bench.platform, other);
      await happen(event, bench);
      stop();
      stop();
      await happen(event, bench);
      expect([one, other].map((listener) => listener.mock.calls.length)).toEqual([1, 2]);
    },

    /** A host that will not tell is like one that cannot: no reason for a flow to end. */
    'synchronous throw': expectSilence,
  } satisfies Record<string, Check>;
}
