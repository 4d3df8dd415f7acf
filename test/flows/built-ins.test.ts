import { afterEach, describe, expect, it } from 'vitest';
import { bringBuiltIns } from '../../machines/built-ins.js';

const { flatMap } = Array.prototype;
const { fromEntries } = Object;

afterEach(() => {
  Object.defineProperty(Array.prototype, 'flatMap', { value: flatMap, configurable: true, writable: true });
  Object.defineProperty(Object, 'fromEntries', { value: fromEntries, configurable: true, writable: true });
});

/** As an engine without them has it, after they were brought along. */
function brought() {
  Reflect.deleteProperty(Array.prototype, 'flatMap');
  Reflect.deleteProperty(Object, 'fromEntries');
  bringBuiltIns();
}

describe('the built-ins that Baidu’s engines lack (B-12)', () => {
  it('stay as they are where they are there', () => {
    bringBuiltIns();
    expect([Array.prototype.flatMap === flatMap, Object.fromEntries === fromEntries]).toEqual([true, true]);
  });

  it('are found in no loop over what an array or Object has', () => {
    brought();
    const names: string[] = [];
    for (const name in [1]) names.push(name);
    expect([names, Object.keys(Object)]).toEqual([['0'], []]);
  });

  it('flatMap maps and flattens one level, as the language’s own', () => {
    const results = () => [
      [1, 2].flatMap((n) => [n, [n]]),
      [1, 'a'].flatMap((each) => `${each}!`),
      [1, 2, 3].flatMap((n) => (n === 2 ? [] : n)),
    ];
    const expected = results();
    brought();
    expect(Array.prototype.flatMap).not.toBe(flatMap);
    expect(results()).toEqual(expected);
  });

  it('flatMap hands over the index, the list and what `this` is to be, and skips holes', () => {
    brought();
    const seen: unknown[] = [];
    const list = [1, 2, 3];
    Reflect.deleteProperty(list, '1');
    list.flatMap(function (this: unknown, value, index, all) {
      seen.push([this, value, index, all === list]);
      return value;
    }, 'this');
    expect(seen).toEqual([
      ['this', 1, 0, true],
      ['this', 3, 2, true],
    ]);
  });

  it('fromEntries makes an object of pairs, the last one counting, and of any name', () => {
    const pairs = [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['__proto__', 4],
    ] as const;
    const expected = Object.fromEntries(pairs);
    brought();
    expect(Object.fromEntries).not.toBe(fromEntries);
    expect(Object.fromEntries(pairs)).toEqual(expected);
    expect(Object.fromEntries(new Map([['x', 'y']]))).toEqual({ x: 'y' });
    expect(Object.keys(Object.fromEntries(pairs))).toEqual(['a', 'b', '__proto__']);
  });
});
