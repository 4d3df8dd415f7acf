import { describe, expect, it } from 'vitest';
import { assign, raise, sendTo, setup } from 'xstate';
import { fromTask } from '../../machines/task.js';
import {
  type Exploration,
  explore,
  failsWith,
  flowAlone,
  gives,
  guarantees,
  reads,
  retrace,
  verify,
} from '../../testing/index.js';

const tapped = { 'a tap': { type: 'TAPPED' } } as const;
const world = { input: () => undefined, answers: {}, events: tapped, properties: guarantees };

const round = flowAlone({
  ...world,
  name: 'roundAlone',
  flow: setup({}).createMachine({
    id: 'round',
    initial: 'a',
    states: { a: { on: { TAPPED: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
  }),
});

const roundFromTheStart = flowAlone({
  ...world,
  name: 'roundFromTheStart',
  flow: setup({}).createMachine({
    id: 'round',
    entry: raise({ type: 'AGAIN' }),
    on: { AGAIN: { actions: raise({ type: 'AGAIN' }) } },
  }),
});

const child = setup({}).createMachine({
  id: 'child',
  on: { PING: { actions: ({ self }) => self._parent?.send({ type: 'PONG' }) } },
});
const roundOfTwo = flowAlone({
  ...world,
  name: 'roundOfTwo',
  flow: setup({ actors: { child } }).createMachine({
    id: 'parent',
    invoke: { src: 'child', id: 'child' },
    on: {
      TAPPED: { actions: sendTo('child', { type: 'PING' }) },
      PONG: { actions: sendTo('child', { type: 'PING' }) },
    },
  }),
});

describe('a chart that never settles', () => {
  it.each<[string, Exploration, readonly string[], string]>([
    ['by its transitions', round, ['a tap'], 'round.b on always to round.c, round.c on always to round.b'],
    ['by what it raises', roundFromTheStart, [], 'round on AGAIN to nowhere'],
    ['by what two tell each other', roundOfTwo, ['a tap'], 'child on PING to nowhere, parent on PONG to nowhere'],
  ])('%s is told by the shortest story', async (_, exploration, moves, told) => {
    const { violations } = await explore(exploration);
    expect(violations).toMatchObject([{ property: 'Every chart settles', moves }]);
    expect(violations[0]?.text).toContain('after 5000 microsteps there is no end: ');
    for (const transition of told.split(', ')) expect(violations[0]?.text).toContain(transition);
    await expect(retrace(exploration, moves)).rejects.toThrow('Every chart settles');
  });
});

describe('a flow without end', () => {
  const fetchCoupon = fromTask<string>(() => '');
  const counting = setup({
    types: { context: {} as { tries: number; last: string | null }, events: {} as { type: 'TAPPED' } },
    actors: { fetchCoupon },
  }).createMachine({
    id: 'counting',
    context: { tries: 0, last: null },
    initial: 'resting',
    states: {
      resting: { tags: 'settled', on: { TAPPED: 'fetching' } },
      fetching: {
        tags: 'busy',
        entry: assign({ tries: ({ context }) => context.tries + 1 }),
        invoke: {
          src: 'fetchCoupon',
          onDone: { target: 'resting', actions: assign({ last: ({ event }) => event.output }) },
          onError: 'resting',
        },
        after: { 10000: 'resting' },
      },
    },
  });
  const countingWorld: Parameters<typeof flowAlone<typeof counting>>[0] = {
    ...world,
    name: 'countingAlone',
    flow: counting,
    answers: { fetchCoupon: { one: gives('1'), another: gives('2'), ...failsWith('offline', 'busy', 'unknown') } },
  };

  it('is told soon which field counts up, and what to do', async () => {
    await expect(explore(flowAlone(countingWorld))).rejects.toThrow(
      /^countingAlone does not seem to have an end: among \d+ states, the shortest history to one is \d+ moves long\. What differs most is `tries` of counting, with \d+ values: 0, 1, .*`reads`.*`bound: \{ moves \}`$/,
    );
  });

  it('is told that what is read counts up', async () => {
    const reading = reads(counting, ({ tries, last }) => ({ tries, last }));
    await expect(explore(flowAlone({ ...countingWorld, reads: [reading] }))).rejects.toThrow('What differs most is');
  });

  it('closes once what counts is said, and goes as far as a bound of moves says', async () => {
    const { isClosed } = await verify(flowAlone({ ...countingWorld, reads: [reads(counting, ({ last }) => last)] }));
    expect(isClosed).toBe(true);
    const { depth } = await verify(flowAlone({ ...countingWorld, bound: { moves: 5 } }));
    expect(depth).toBe(5);
  });
});
