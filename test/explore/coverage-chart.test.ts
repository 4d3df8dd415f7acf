import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { fromTask } from '../../machines/task.js';
import { explore, flowAlone, gives, transitionsOf } from '../../testing/index.js';
import { coupon, couponAlone } from './own/coupon.js';

/** The shapes of a drawing, by their titles: each as it is written. */
function shapesIn(svg: string): ReadonlyMap<string, string> {
  const shapes = [...svg.matchAll(/<g [^>]*class="(?:node|edge|cluster)[\s\S]*?<\/g>/g)].map(([shape]) => shape);
  return new Map(shapes.map((shape) => [titleOf(shape), shape]));
}

function titleOf(shape: string): string {
  return (/<title>(?:cluster_)?([^<]*)<\/title>/.exec(shape)?.[1] ?? '').replace('&#45;&gt;', ' -> ');
}

const textsIn = (shape = '') =>
  [...shape.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text?.replace(/(?:\s|&#160;)*$/, ''));
const isRed = (shape = '') => /stroke="red"/.test(shape);

const half = { bound: { moves: 1 } };

const player = setup({ actors: { load: fromTask(() => undefined) } }).createMachine({
  id: 'player',
  initial: 'deciding',
  on: { MUTED: { actions: () => {} }, STOPPED: { target: '.stopped' } },
  states: {
    deciding: { always: 'loading' },
    loading: { invoke: { src: 'load', id: 'loader', onDone: 'playing' } },
    playing: {
      initial: 'fast',
      states: { fast: { on: { TURNED: 'slow', SKIPPED: {} } }, slow: {} },
      on: { LEFT: '.slow' },
    },
    stopped: {},
  },
});

const playerAlone = flowAlone({
  name: 'playerAlone',
  flow: player,
  input: () => undefined,
  answers: { load: { 'a song': gives(undefined) } },
  events: { mute: { type: 'MUTED' } },
});

describe('the chart of what was missed', () => {
  it('writes the causes of an arrow in lines of their own, and names the call that has ended', async () => {
    const { coverage } = await explore(couponAlone);
    const shapes = shapesIn(await coverage.svg());
    expect(textsIn(shapes.get('coupon.fetching -> coupon.resting'))).toEqual(['error.fetchCoupon', 'after 10000']);
    expect(textsIn(shapes.get('coupon.fetching -> coupon.shown'))).toEqual(['done.fetchCoupon']);
  });

  it('has the states in red that nobody entered', async () => {
    const { coverage } = await explore({ ...couponAlone, ...half });
    expect(coverage.charts.get('coupon')?.missedStates).toEqual(['coupon.shown']);
    const shapes = shapesIn(await coverage.svg());
    const red = [...shapes].filter(([, shape]) => isRed(shape)).map(([title]) => title);
    expect(red).toEqual(expect.arrayContaining(['coupon.shown', 'coupon.fetching -> coupon.shown']));
    expect(red).not.toContain('coupon.fetching');
  });

  it('knows of a state that was left in the step that entered it', async () => {
    const { coverage } = await explore({ ...playerAlone, ...half });
    expect(coverage.charts.get('player')?.missedStates).toEqual(['player.playing.slow', 'player.stopped']);
  });

  it('draws the transitions of the root, and those without a target', async () => {
    const { coverage } = await explore({ ...playerAlone, ...half });
    const shapes = shapesIn(await coverage.svg());
    expect(shapes.has('player')).toBe(true);
    expect(textsIn(shapes.get('player itself -> player.stopped'))).toEqual(['STOPPED']);
    expect(isRed(shapes.get('player itself -> player.stopped'))).toBe(true);
    expect(textsIn(shapes.get('player.playing.fast -> player.playing.fast'))).toEqual(['SKIPPED']);
    const around = [...shapes].filter(([title]) => title.includes('self_tr_player_player')).map(([, shape]) => shape);
    expect(around.flatMap(textsIn)).toEqual(['MUTED']);
    expect(around.filter(isRed)).toEqual([]);
    expect(textsIn(shapes.get('player.playing itself -> player.playing.slow'))).toEqual(['LEFT']);
  });

  it('calls a transition by the actor whose end it is about, whatever its id is', () => {
    expect(transitionsOf(player).map(({ cause }) => cause)).toContain('done.load');
    expect(transitionsOf(coupon).map(({ label }) => label)).toContain(
      'coupon.fetching on done.fetchCoupon to coupon.shown',
    );
  });
});
