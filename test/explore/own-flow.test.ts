import { describe, expect, it } from 'vitest';
import { assign, setup } from 'xstate';
import {
  explore,
  flowAlone,
  reads,
  retrace,
  type Stage,
  summaryOf,
  transitionsOf,
  verify,
} from '../../testing/index.js';
import { coupon, couponAlone, couponIn } from './own/coupon.js';
import { broken, without } from './support/broken.js';

const endless = couponIn(without(coupon, 'states/fetching/after'));
const empty = couponIn(broken(coupon, 'states/fetching/invoke/onDone/actions', () => assign({ coupon: null })));

describe('a flow of an app’s own', () => {
  it('is explored by one line, to closure', async () => {
    const report = await verify(couponAlone);
    expect(report).toMatchObject({ isClosed: true, violations: [] });
    expect(report.states).toBeGreaterThan(5);
    expect(report.transitions).toBeGreaterThan(report.states);
    expect(summaryOf(report)).toMatch(
      /^couponAlone: \d+ states, \d+ transitions, \d+ paths, \d+ merges replayed, closed/,
    );
  });

  it('is told the shortest way to what is wrong, as a story', async () => {
    const { violations } = await explore(empty);
    expect(violations[0]?.moves).toEqual(['a tap', 'fetchCoupon: a coupon']);
    expect(violations[0]?.story).toBe(
      [
        'couponAlone: what is shown is a coupon',
        '  0. the start',
        '       coupon: resting',
        '  1. a tap',
        '       coupon: fetching',
        '  2. fetchCoupon: a coupon',
        '       coupon: shown',
        '  ⇒  it does not hold',
      ].join('\n'),
    );
    await expect(verify(empty)).rejects.toThrow('As a test:');
  });

  it('gets a test to paste, which fails until the flow is mended', async () => {
    const [violation] = (await explore(empty)).violations;
    expect(violation?.test).toContain(
      "await retrace(couponAlone, [\n    'a tap',\n    'fetchCoupon: a coupon',\n  ]);",
    );
    const moves = violation?.moves ?? [];
    await expect(retrace(empty, moves)).rejects.toThrow('what is shown is a coupon');
    await expect(retrace(couponAlone, moves)).resolves.toBeUndefined();
  });

  it('is told of a wait that nothing ends (G-09)', async () => {
    const [violation] = (await explore(endless)).violations;
    expect(violation?.property).toBe('G-09 time alone ends every wait for a machine');
    expect(violation?.moves).toEqual(['a tap']);
    await expect(retrace(endless, violation?.moves ?? [])).rejects.toThrow('G-09');
    await expect(retrace(couponAlone, violation?.moves ?? [])).resolves.toBeUndefined();
  });

  it('is told where states were taken for the same that are not', async () => {
    const twice = setup({ types: { context: {} as { taps: number } } }).createMachine({
      id: 'twice',
      context: { taps: 0 },
      on: {
        TAPPED: [
          { guard: ({ context }) => context.taps > 1, target: '.worn' },
          { actions: assign({ taps: ({ context }) => context.taps + 1 }) },
        ],
      },
      initial: 'fresh',
      states: { fresh: {}, worn: { type: 'final' } },
    });
    const world = {
      name: 'twice',
      flow: twice,
      input: () => undefined,
      answers: {},
      events: { 'a tap': { type: 'TAPPED' } },
    };
    expect((await explore(flowAlone(world))).violations).toEqual([]);
    const blind = flowAlone({ ...world, reads: [reads(twice, () => 'the taps are left out')] });
    const { violations } = await explore(blind);
    expect(violations).toMatchObject([{ property: 'States that are the same go on alike', test: null }]);
    const told = await verify(blind).then(String, String);
    expect(told).toContain('where twice is: "fresh" in one, ["done","worn"] in the other');
    expect(told).toContain('Either `reads` leaves out something that decides, or the world remembers something');
    expect(told).not.toContain('As a test:');
  });

  it.each<[string, unknown, unknown]>([
    ['nothing that was asked for, and nobody who was found', undefined, null],
    ['two large numbers', 10n, 11n],
    ['two symbols', Symbol('one'), Symbol('other')],
  ])('is walked where it tells apart %s', async (_, first, then) => {
    const telling = setup({ types: { context: {} as { found: unknown } } }).createMachine({
      id: 'telling',
      context: { found: first },
      on: {
        TAPPED: { actions: assign({ found: then }) },
        LOOKED: { guard: ({ context }) => context.found === then, target: '.known' },
      },
      initial: 'asking',
      states: { asking: {}, known: { type: 'final' } },
    });
    const report = await verify(
      flowAlone({
        name: 'telling',
        flow: telling,
        input: () => undefined,
        answers: {},
        events: { 'a tap': { type: 'TAPPED' }, 'a look': { type: 'LOOKED' } },
      }),
    );
    expect(report.isClosed).toBe(true);
    expect(report.coverage.charts.get('telling')?.missed).toEqual([]);
  });

  it('is told where its world remembers what `identity` does not tell', async () => {
    const dark = new WeakSet<Stage>();
    const forgetful = flowAlone({
      name: 'couponUnderTheSky',
      flow: coupon,
      input: () => undefined,
      answers: { fetchCoupon: {} },
      happens: (stage) => (dark.has(stage) ? { 'it rains': () => {} } : { 'it darkens': () => dark.add(stage) }),
    });
    const { violations } = await explore(forgetful);
    expect(violations).toMatchObject([{ property: 'States that are the same go on alike', test: null }]);
    expect(violations[0]?.text).toContain('only one of them may go on by "it darkens", "it rains"');
  });

  it('is told of a move that is not possible, and of those that are', async () => {
    await expect(retrace(couponAlone, ['a tap', 'late fetchCoupon: offline'])).rejects.toThrow(
      'couponAlone: 2. "late fetchCoupon: offline" is not possible here; possible are: ' +
        '"fetchCoupon: a coupon", "fetchCoupon: offline", "fetchCoupon: busy", "time: 10000 of coupon.fetching", ' +
        '"a tap", "the view is gone". Where a mend has made it impossible, the history may end before it',
    );
    await expect(retrace(couponAlone, ['the view is gone', 'a tap'])).rejects.toThrow('not possible here; nothing is.');
  });

  it('gets a test that names it, or `exploration` where its name is none of the language', async () => {
    const testOf = async (name: string) => (await explore({ ...empty, name })).violations[0]?.test;
    expect(await testOf('my parcel')).toContain('await retrace(exploration, [');
    expect(await testOf('delete')).toContain('await retrace(exploration, [');
    expect(await testOf('$été2')).toContain('await retrace($été2, [');
  });

  it('has each history walked up to a bound, and no further', async () => {
    const report = await explore({ ...couponAlone, bound: { moves: 1 } });
    expect(report).toMatchObject({ depth: 1, isClosed: false });
    await expect(explore({ ...couponAlone, bound: { states: 2 } })).rejects.toThrow('more than 2 states');
  });

  it('answers calls late as well, unless the bound says that nobody does', async () => {
    const late = await explore(couponAlone);
    const never = await explore({ ...couponAlone, bound: { late: 0 } });
    expect(never.states).toBeLessThan(late.states);
  });
});

describe('its coverage', () => {
  it('names what was missed', async () => {
    const { coverage } = await explore({ ...couponAlone, bound: { moves: 1 } });
    expect(coverage.charts.get('coupon')?.missed).toHaveLength(transitionsOf(coupon).length - 1);
    expect(coverage.text()).toContain('missed: fetchCoupon: offline');
    expect((await explore(couponAlone)).coverage.answers).toMatchObject({ met: 3, of: 3, missed: [] });
  });

  it('is a chart with what was missed in red', async () => {
    const half = await explore({ ...couponAlone, bound: { moves: 1 } });
    expect(await half.coverage.svg()).toMatch(/^<\?xml|^<svg/);
    expect(await half.coverage.svg('coupon')).toContain('red');
    const whole = await explore(couponAlone);
    expect(await whole.coverage.svg()).not.toContain('red');
    await expect(whole.coverage.svg('nobody')).rejects.toThrow('there are: coupon');
  });
});
