import { describe, expect, it } from 'vitest';
import {
  always,
  type Exploration,
  explore,
  flowAlone,
  gives,
  guarantees,
  reachable,
  reads,
  retrace,
} from '../../testing/index.js';
import { coupon } from './own/coupon.js';

const boom = new RangeError('boom');
function throws(): never {
  throw boom;
}

const events = { 'a tap': { type: 'TAPPED' as const } };
const world: Parameters<typeof flowAlone<typeof coupon>>[0] = {
  name: 'couponAlone',
  flow: coupon,
  input: () => undefined,
  answers: { fetchCoupon: { 'a coupon': gives('10% off') } },
  events,
};
const isShown = (state: { matches(value: 'shown'): boolean } | undefined) => state?.matches('shown') === true;

const THROWERS: readonly (readonly [what: string, exploration: Exploration, who: string, moves: readonly string[]])[] =
  [
    [
      'a property',
      flowAlone({ ...world, properties: [always('mine', (stage) => !isShown(stage.chart('coupon')) || throws())] }),
      'the property "mine" has thrown',
      ['a tap', 'fetchCoupon: a coupon'],
    ],
    [
      'what has to be reached',
      flowAlone({ ...world, properties: [reachable('far', (stage) => isShown(stage.chart('coupon')) && throws())] }),
      'the property "far" has thrown',
      ['a tap', 'fetchCoupon: a coupon'],
    ],
    [
      'what makes an answer',
      flowAlone({ ...world, answers: { fetchCoupon: { 'a coupon': gives(throws) } } }),
      'the answer "fetchCoupon: a coupon" has thrown',
      ['a tap', 'fetchCoupon: a coupon'],
    ],
    [
      'what makes an event',
      flowAlone({ ...world, events: { ...events, more: (state) => (isShown(state) ? throws() : null) } }),
      'the event "more" has thrown',
      ['a tap', 'fetchCoupon: a coupon'],
    ],
    [
      'what else happens',
      flowAlone({ ...world, happens: (_, state) => (isShown(state) ? throws() : {}) }),
      '`happens` has thrown',
      ['a tap', 'fetchCoupon: a coupon'],
    ],
    [
      'a move of the world',
      flowAlone({ ...world, happens: (_, state) => (isShown(state) ? { 'it rains': throws } : {}) }),
      'the move "it rains" has thrown',
      ['a tap', 'fetchCoupon: a coupon', 'it rains'],
    ],
    [
      'what counts of a context',
      flowAlone({ ...world, properties: guarantees, reads: [reads(coupon, (context) => context.coupon && throws())] }),
      '`reads` has thrown',
      ['a tap', 'fetchCoupon: a coupon'],
    ],
  ];

describe('what throws in an exploration is told with the story that led there', () => {
  it.each(THROWERS)('%s', async (_, exploration, who, moves) => {
    const story = ['the start', ...moves].map((move, index) => `  ${index}. ${move}`).join('\n');
    const told = { message: `couponAlone: ${who}: RangeError: boom\n${story}`, cause: boom };
    await expect(explore(exploration)).rejects.toMatchObject(told);
    await expect(retrace(exploration, [...moves, 'a tap'])).rejects.toThrow(`${who}: RangeError: boom\n  0. the start`);
  });

  it('the start', async () => {
    const exploration = flowAlone({ ...world, input: throws });
    const told = { message: 'couponAlone: the start has thrown: RangeError: boom\n  0. the start', cause: boom };
    await expect(explore(exploration)).rejects.toMatchObject(told);
  });
});
