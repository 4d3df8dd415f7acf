import { describe, expect, it } from 'vitest';
import { assign, createMachine, fromCallback, fromPromise, setup, spawnChild } from 'xstate';
import { fromTask } from '../../machines/task.js';
import {
  callsDoNotOverlap,
  chartsStand,
  type Exploration,
  explore,
  flowAlone,
  gives,
  guarantees,
  noCallWhile,
  reads,
  retrace,
  type Stage,
  silent,
} from '../../testing/index.js';
import { coupon, couponAlone } from './own/coupon.js';

const tapped = { 'a tap': { type: 'TAPPED' } } as const;
const aCoupon = { fetchCoupon: { 'a coupon': gives('10% off') } };
const world = { name: 'couponAlone', flow: coupon, input: () => undefined, answers: aCoupon, events: tapped };

let hasReallyRun = false;
const real = fromPromise(async () => {
  hasReallyRun = true;
});
const realTask = fromTask(() => {
  hasReallyRun = true;
});

const accompanied = setup({ actors: { watch: fromCallback(() => {}) } }).createMachine({
  id: 'accompanied',
  invoke: { src: 'watch' },
});

/** As somebody does who has no types. */
const flowOf = (parts: object): Exploration => Reflect.apply(flowAlone, undefined, [{ ...world, ...parts }]);

describe('a call that would really run is refused', () => {
  it('where it is left out', () => {
    expect(() => flowOf({ answers: {} })).toThrow(
      'couponAlone: "fetchCoupon" is called, and would really run, by the chart "coupon" in coupon.fetching: name it in `answers`',
    );
  });

  it('where it is inline', () => {
    const inline = createMachine({ id: 'inline', invoke: { src: real } });
    expect(() => flowOf({ flow: inline, answers: {} })).toThrow(
      'an inline actor is called, and would really run, by the',
    );
  });

  it('where it is not in setup, but is given its world if it is named', async () => {
    const bare = createMachine({ id: 'bare', context: {}, invoke: { src: 'fetchCoupon' } });
    expect(() => flowOf({ flow: bare, answers: {} })).toThrow('"fetchCoupon" is called, and would really run');
    expect((await explore(flowOf({ flow: bare }))).violations).toEqual([]);
  });

  it('where a chart within calls it', async () => {
    const inner = setup({ actors: { signIn: realTask } }).createMachine({ id: 'inner', invoke: { src: 'signIn' } });
    const outer = setup({ actors: { inner } }).createMachine({ id: 'outer', invoke: { src: 'inner' } });
    expect(() => flowOf({ flow: outer, answers: {} })).toThrow(
      '"signIn" is called, and would really run, by the chart "inner"',
    );
    const around = createMachine({ id: 'around', invoke: { src: inner } });
    expect(() => flowOf({ flow: around, answers: { signIn: {} } })).toThrow(
      'which is inline: name that chart in setup',
    );
    const { violations } = await explore(flowOf({ flow: outer, answers: { signIn: {} } }));
    expect(violations).toEqual([]);
  });

  it.each([
    ['spawnChild', spawnChild(real)],
    ['spawn', assign(({ spawn }) => ({ other: spawn(real) }))],
  ])('where it is inline in %s, once that is come to', async (_, action) => {
    const spawner = createMachine({
      id: 'spawner',
      initial: 'resting',
      states: { resting: { on: { TAPPED: 'spawning' } }, spawning: { entry: action } },
    });
    await expect(explore(flowOf({ flow: spawner, answers: {} }))).rejects.toThrow(
      'an inline actor is spawned, and would really run, by the chart "spawner"',
    );
    await expect(retrace(flowOf({ flow: spawner, answers: {} }), ['a tap'])).rejects.toThrow('would really run');
  });

  it('and none of them has run', () => {
    expect(hasReallyRun).toBe(false);
  });
});

describe('an exploration is refused', () => {
  it.each([
    ['names a call that there is not', { answers: { ...aCoupon, fetchCupon: {} } }, '`answers` names "fetchCupon"'],
    ['names a companion that there is not', { companions: { lease: silent } }, '`companions` names "lease"'],
    ['names a deed that there is not', { deeds: ['adopt'] }, '`deeds` names "adopt", and no action'],
    [
      'reads a chart that there is not',
      { reads: [reads(createMachine({ id: 'other' }), () => 0)] },
      '`reads` names "other"',
    ],
    ['has a move that every flow has', { events: { 'the view is gone': { type: 'TAPPED' } } }, 'the view is gone'],
    ['has an event that is none', { events: { 'a tap': 'TAPPED' } }, 'the event "a tap" is neither'],
    [
      'has an answer that is none',
      { answers: { fetchCoupon: { 'a coupon': '10% off' } } },
      '"fetchCoupon: a coupon" is no answer',
    ],
    [
      'has an error for an answer',
      { answers: { fetchCoupon: { no: new Error('no') } } },
      '"fetchCoupon: no" is no answer',
    ],
    ['has an answer without a word', { answers: { fetchCoupon: gives('10% off') } }, 'the answers of "fetchCoupon"'],
    ['has no flow', { flow: undefined }, '`flow` is missing'],
    ['has no input', { input: undefined }, '`input` is missing'],
    ['has no answers', { answers: undefined }, '`answers` is missing'],
  ])('that %s', (_, parts, message) => {
    expect(() => flowOf(parts)).toThrow(`couponAlone: `);
    expect(() => flowOf(parts)).toThrow(message);
  });

  it.each([[null], [5], [{ start: null }]])('that has %o for a companion, which would really run', (companion) => {
    const parts = { flow: accompanied, answers: {}, companions: { watch: companion } };
    expect(() => flowOf(parts)).toThrow('couponAlone: the companion "watch" is none: telling({ … }), silent or one');
    expect(() => flowOf(parts)).toThrow(TypeError);
  });

  it.each([
    [{ 'it rings': { event: 'TAPPED', next: null } }],
    [{ 'it rings': { next: null } }],
    [{ 'it rings': 5 }],
    [null],
  ])('whose companion tells %o, once that is come to', async (tells) => {
    const companions = { watch: { start: null, tells: () => tells } };
    await expect(explore(flowOf({ flow: accompanied, answers: {}, companions }))).rejects.toThrow(
      'couponAlone: the companion "watch" has thrown: TypeError: what it tells is no',
    );
  });

  it('that makes something that is no answer, once that is come to', async () => {
    const exploration = flowOf({ answers: { fetchCoupon: { 'a coupon': () => '10% off' } } });
    await expect(explore(exploration)).rejects.toThrow(
      'couponAlone: the answer "fetchCoupon: a coupon" has thrown: TypeError: what it makes is no answer',
    );
  });

  it.each([[5], [true], [{}], [{ type: 5 }], ['TAPPED']])(
    'that makes %o for an event, once that is come to',
    async (event) => {
      const exploration = flowOf({ events: { 'a tap': () => event } });
      const told = 'couponAlone: the event "a tap" has thrown: TypeError: what it makes is no event';
      await expect(explore(exploration)).rejects.toThrow(told);
    },
  );

  it.each([
    ['a text', 'G-01', '`properties` is no list'],
    ['nothing', [null], '`properties[0]` is no property'],
    ['what has no name', [{ watch: () => ({ complaint: () => null }) }], '`properties[0]` is no property'],
    ['what neither watches nor reaches', [chartsStand, { name: 'mine' }], '`properties[1]` is no property'],
    ['a way without an end', [{ name: 'mine', from: () => true }], '`properties[0]` is no property'],
  ])('whose properties have %s', (_, properties, message) => {
    expect(() => flowOf({ properties })).toThrow(`couponAlone: ${message}`);
    expect(() => flowOf({ properties })).toThrow(TypeError);
  });

  it.each([
    ['that does not start', noCallWhile('fetchCupon', () => null)],
    ['that does not overlap', callsDoNotOverlap({ fetchCoupon: () => '', fetchCupon: () => '' })],
  ])('whose property watches a call %s, though nobody answers it', (_, property) => {
    const message = `couponAlone: the property "${property.name}" names "fetchCupon", which \`answers\` does not`;
    expect(() => flowOf({ properties: [...guarantees, property] })).toThrow(message);
    expect(() => flowOf({ properties: [property] })).toThrow(RangeError);
  });

  it.each([[-1], [Number.NaN], [1.5], [Number.POSITIVE_INFINITY], ['20']])(
    'whose number of merges is %o',
    async (merges) => {
      const explored: Promise<unknown> = Reflect.apply(explore, undefined, [couponAlone, { merges }]);
      await expect(explored).rejects.toThrow(`couponAlone: \`merges\` is ${merges}`);
      await expect(explored).rejects.toThrow(RangeError);
    },
  );

  it.each([
    ['no moves', undefined],
    ['a text for moves', 'a tap'],
    ['a move that is no name', ['a tap', 3]],
  ])('that is retraced by %s', async (_, moves) => {
    const retraced: Promise<unknown> = Reflect.apply(retrace, undefined, [couponAlone, moves]);
    await expect(retraced).rejects.toThrow('couponAlone: `moves` is no list of the names of moves');
    await expect(retraced).rejects.toThrow(TypeError);
  });

  it.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    'whose world lets %o ms pass, once that is come to',
    async (ms) => {
      const exploration = flowOf({ happens: (stage: Stage) => ({ 'it rains': () => stage.pass(ms) }) });
      await expect(explore(exploration)).rejects.toThrow(
        `couponAlone: the move "it rains" has thrown: RangeError: ${ms} ms cannot pass`,
      );
    },
  );

  it('that has no name', () => {
    expect(() => flowOf({ name: '' })).toThrow('an exploration needs a `name`');
  });

  it.each([
    [{ moves: Number.NaN }, '`bound.moves` is NaN'],
    [{ moves: -1 }, '`bound.moves` is -1'],
    [{ states: 1.5 }, '`bound.states` is 1.5'],
    [{ late: -1 }, '`bound.late` is -1'],
    [{ lateCalls: ['fetchCupon'] }, '`bound.lateCalls` names "fetchCupon"'],
  ])('whose bound is %o', async (bound, message) => {
    await expect(explore({ ...couponAlone, bound })).rejects.toThrow(`couponAlone: ${message}`);
    await expect(retrace({ ...couponAlone, bound }, [])).rejects.toThrow(RangeError);
  });
});
