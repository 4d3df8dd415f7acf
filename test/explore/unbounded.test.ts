import { describe, expect, it } from 'vitest';
import { raise, sendTo, setup } from 'xstate';
import { type Exploration, explore, flowAlone, guarantees, retrace } from '../../testing/index.js';

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
