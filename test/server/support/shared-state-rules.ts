import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SharedState } from '../../../server/index.js';

interface Bench {
  /** As two processes see it. */
  states: [SharedState, SharedState];
  close(): Promise<void>;
}

/** What every store must do that processes share their counts, spent codes and tokens in. */
export function sharedStateRules(name: string, open: () => Promise<Bench>): void {
  describe(name, () => {
    let bench: Bench;
    let one: SharedState;
    let other: SharedState;

    beforeAll(async () => {
      bench = await open();
      [one, other] = bench.states;
    });
    afterEach(() => {
      vi.useRealTimers();
    });
    afterAll(() => bench.close());

    const later = (time: number) => {
      const now = Date.now() + time;
      vi.useFakeTimers({ toFake: ['Date'] });
      vi.setSystemTime(now);
    };

    it('counts as many as one window holds, and loses none in a rush', async () => {
      const key = randomUUID();
      const left = await Promise.all(
        Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).count(key, 25)),
      );
      expect(left.filter((wait) => wait === undefined)).toHaveLength(25);
      for (const wait of left.filter((wait) => wait !== undefined)) {
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(60_000);
      }
      expect(await one.count(randomUUID(), 25)).toBeUndefined();
    });

    it('begins a new window after a minute', async () => {
      const key = randomUUID();
      expect([await one.count(key, 1), await other.count(key, 1)]).toEqual([undefined, expect.any(Number)]);
      later(60_000);
      expect([await one.count(key, 1), await other.count(key, 1)]).toEqual([undefined, expect.any(Number)]);
    });

    it('lets a hash be spent once, by whoever comes first', async () => {
      const hash = randomUUID();
      const fresh = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).spend(hash, 60_000)),
      );
      expect(fresh.filter(Boolean)).toHaveLength(1);
      expect(await one.spend(randomUUID(), 60_000)).toBe(true);
    });

    it('counts many keys and spends many hashes at once, each for itself, in whatever order they come', async () => {
      const names = Array.from({ length: 60 }, () => randomUUID());
      const turned = [...names].reverse();
      const left = await Promise.all([
        ...names.map((key) => one.count(key, 1)),
        ...turned.map((key) => other.count(key, 1)),
      ]);
      expect(left.filter((wait) => wait === undefined)).toHaveLength(names.length);
      for (const key of names) expect(await one.count(key, 1)).toBeGreaterThan(0);

      const [first, second] = await Promise.all([
        Promise.all(names.map((hash) => one.spend(hash, 60_000))),
        Promise.all(turned.map((hash) => other.spend(hash, 60_000))),
      ]);
      expect(first).toEqual(second.reverse().map((fresh) => !fresh));
    });

    it('lets one asker at a time renew what is kept, and shows it to all until it ends', async () => {
      const key = randomUUID();
      expect(await one.read(key)).toBeUndefined();
      const leases = await Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? one : other).lease(key, 15_000)),
      );
      const [lease = '', ...others] = leases.filter((found) => found !== undefined);
      expect(others).toEqual([]);
      const kept = { value: 'a token', endsAt: Date.now() + 60_000 };
      await one.write(key, kept, lease);
      expect(await other.read(key)).toEqual(kept);
      const next = await other.lease(key, 15_000);
      expect(await one.lease(key, 15_000)).toBeUndefined();
      await other.giveUp(key, next ?? '');
      expect(await one.lease(key, 15_000)).toBeDefined();
      later(60_000);
      expect(await one.read(key)).toBeUndefined();
    });

    it('lets nobody whose lease has run out write over that of the next, or give it up', async () => {
      const key = randomUUID();
      const late = (await one.lease(key, 1)) ?? '';
      const held = await vi.waitUntil(() => other.lease(key, 15_000));
      expect(held).not.toBe(late);
      const kept = { value: 'a token', endsAt: Date.now() + 60_000 };
      await one.write(key, { ...kept, value: 'a late one' }, late);
      expect([await other.read(key), await one.lease(key, 15_000)]).toEqual([undefined, undefined]);
      await one.giveUp(key, late);
      expect(await one.lease(key, 15_000)).toBeUndefined();
      await other.write(key, kept, held ?? '');
      await one.write(key, { ...kept, value: 'a late one' }, late);
      expect(await one.read(key)).toEqual(kept);
    });
  });
}
