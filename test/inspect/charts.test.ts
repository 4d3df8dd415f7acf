import { expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { statesOf } from '../../inspect/chart.js';
import { mermaid } from '../../inspect/charts/mermaid.js';
import { statelyJson } from '../../inspect/charts/stately.js';
import { svg } from '../../inspect/charts/svg.js';

const shop = createMachine({
  id: '商店',
  initial: '购物车',
  states: {
    购物车: { description: 'a <b> & "c"', on: { 'PAY:NOW; "#1"': '付款', BACK: '#a-b' } },
    付款: {
      type: 'parallel',
      states: { left: { initial: 'on', states: { on: {}, last: { type: 'history' } } }, right: {} },
    },
    一: { id: 'a-b' },
    二: { id: 'a_b' },
    end: { id: 'end', type: 'final' },
    '<i>&lt;': {},
  },
});

it('a chart as SVG has the names of its states in it, whatever their letters, and all of them as text', async () => {
  const text = await svg(shop);
  const labels = [...text.matchAll(/<text[^>]*font-size="12[^>]*>([^<]*)</g)].map(([, label]) => label);
  expect(labels.sort()).toEqual(
    ['&lt;i&gt;&amp;lt;', 'end', 'last (H)', 'left', 'on', 'right', '一', '二', '付款', '购物车'].sort(),
  );
  expect(text).toContain('<title>a &lt;b&gt; &amp; "c"</title>');
});

it('a chart as SVG fills the dot where a state begins, and leaves what stands for the state itself hollow', async () => {
  const outer = { initial: 'a', on: { BACK: '.b' }, states: { a: {}, b: {} } };
  const text = await svg(createMachine({ id: 'm', initial: 'outer', states: { outer } }));
  const dots = [...text.matchAll(/<title>([^<]*)<\/title>\s*<ellipse fill="(\w+)" stroke="(\w+)"/g)];
  expect(dots.map(([, title, fill, stroke]) => [title, fill, stroke])).toEqual([
    ['', 'black', 'black'],
    ['', 'black', 'black'],
    ['outer', 'none', 'black'],
  ]);
});

it('a chart as Mermaid has a name of its own for each state, and labels that Mermaid reads as labels', () => {
  const lines = mermaid(shop)
    .split('\n')
    .map((line) => line.trim());
  const declared = lines.flatMap(
    (line) => /^(?:state ".*" as (\w+) \{|(\w+): .*)$/.exec(line)?.slice(1).filter(Boolean) ?? [],
  );
  expect(new Set(declared).size).toBe(10);
  expect(declared.filter((name) => !/^[A-Za-z]\w*$/.test(name ?? '') || name === 'end')).toEqual([]);
  expect(lines).toContainEqual(expect.stringMatching(/^s1_: 购物车$/));
  expect(lines).toContainEqual(expect.stringMatching(/^s1_ --> \w+: PAY#58;NOW#59; #34;#35;1#34;$/));
  expect(lines).toContain('--');
  expect(lines).toContainEqual(expect.stringMatching(/: last \(H\)$/));
});

it('a chart as JSON keeps where its states begin, also where something is done on the way', () => {
  const machine = createMachine({
    id: 'm',
    initial: { target: 'inner', actions: ['greet'] },
    states: { first: {}, inner: { initial: 'b', states: { a: {}, b: {} } } },
  });
  const json = statelyJson(machine);
  expect(json).toMatchObject({ initial: { target: 'inner', actions: [{ type: 'greet' }] } });
  expect(statesOf(createMachine(JSON.parse(JSON.stringify(json))))).toEqual(statesOf(machine));
});
