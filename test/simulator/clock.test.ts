import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../simulator/index.js';

describe('the virtual clock', () => {
  it('fires what falls due by time, then by age, each at its own time', async () => {
    const clock = createVirtualClock(1000);
    const fired: [string, number][] = [];
    const note = (name: string) => () => fired.push([name, clock.now()]);
    clock.setTimeout(note('late'), 30);
    clock.setTimeout(note('early'), 10);
    clock.setTimeout(note('early too'), 10);
    clock.setTimeout(note('too late'), 31);
    await clock.advance(30);
    expect(fired).toEqual([
      ['early', 1010],
      ['early too', 1010],
      ['late', 1030],
    ]);
    expect(clock.now()).toBe(1030);
  });

  it('lets promises run between timers, so that what they set falls due too', async () => {
    const clock = createVirtualClock(0);
    const fired: number[] = [];
    const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, ms));
    const walk = async () => {
      for (let step = 0; step < 5; step += 1) {
        await sleep(10);
        for (let hop = 0; hop < 50; hop += 1) await null;
        fired.push(clock.now());
      }
    };
    void walk();
    await clock.advance(50);
    expect(fired).toEqual([10, 20, 30, 40, 50]);
  });

  it('waits for bodies that are read in memory', async () => {
    const clock = createVirtualClock(0);
    let body: unknown;
    const read = async () => {
      const request = new Request('http://a.test', { method: 'POST', body: '{"a":1}' });
      body = await Response.json(await request.json()).json();
    };
    clock.setTimeout(() => void read(), 1);
    await clock.advance(1);
    expect(body).toEqual({ a: 1 });
  });

  it('settles without moving time', async () => {
    const clock = createVirtualClock(7);
    let ran = false;
    void Promise.resolve().then(() => {
      ran = true;
      clock.setTimeout(() => {}, 0);
    });
    await clock.settle();
    expect(ran).toBe(true);
    expect(clock.now()).toBe(7);
    expect(clock.timers).toEqual([{ id: 1, at: 7 }]);
  });

  it('does not fire what was cleared, also by a timer of the same moment', async () => {
    const clock = createVirtualClock(0);
    const fired: string[] = [];
    clock.setTimeout(() => clock.clearTimeout(second), 5);
    const second = clock.setTimeout(() => fired.push('second'), 5);
    await clock.advance(5);
    expect(fired).toEqual([]);
    expect(clock.timers).toEqual([]);
  });

  it('fires one chosen timer in the same call stack, and never moves time backwards', async () => {
    const clock = createVirtualClock(0);
    const fired: [string, number][] = [];
    clock.setTimeout(() => fired.push(['first', clock.now()]), 10);
    clock.setTimeout(() => fired.push(['second', clock.now()]), 20);
    const [first, second] = clock.timers;
    const firing = clock.fire(second?.id ?? 0);
    expect(fired).toEqual([['second', 20]]);
    await firing;
    await clock.fire(first?.id ?? 0);
    expect(fired).toEqual([
      ['second', 20],
      ['first', 20],
    ]);
    await expect(clock.fire(first?.id ?? 0)).rejects.toThrow(RangeError);
  });

  it('runs until no timer is left, and says so if that takes too long', async () => {
    const clock = createVirtualClock(0);
    clock.setTimeout(() => clock.setTimeout(() => {}, 100), 100);
    await clock.runUntilIdle();
    expect(clock.now()).toBe(200);

    const beat = () => void clock.setTimeout(beat, 100);
    beat();
    await expect(clock.runUntilIdle(1000)).rejects.toThrow('1 timers are left after 1000 ms');
    expect(clock.now()).toBe(1200);
  });

  it('passes on what a callback throws', async () => {
    const clock = createVirtualClock(0);
    clock.setTimeout(() => {
      throw new Error('broken callback');
    }, 1);
    await expect(clock.advance(1)).rejects.toThrow('broken callback');
  });
});
