import { createInspector } from '@statelyai/inspect';
import { expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { statesOf } from '../../inspect/chart.js';
import { flows } from '../../inspect/charts/flows.js';
import { statelyJson } from '../../inspect/charts/stately.js';
import { createTestApp, watch } from '../support/app.js';

const second = 1000;

it('Stately’s own inspector takes the place of ours: createAuth takes what its createInspector gives', async () => {
  const sent: unknown[] = [];
  const { inspect } = createInspector({ send: (event) => void sent.push(event), requestAnimationFrame: undefined });
  const app = createTestApp({ inspect });
  watch(app.auth.ensure());
  await app.clock.advance(second);
  const types = new Set(sent.map((event) => Reflect.get(Object(event), 'type')));
  expect([...types]).toEqual(expect.arrayContaining(['@xstate.actor', '@xstate.event', '@xstate.snapshot']));
  expect(app.problems).toEqual([]);
  const text = JSON.stringify(sent);
  const codes = app.world.wechat.codes.map(({ code }) => code);
  expect(codes.filter((code) => text.includes(code))).toEqual([]);
});

it.each(flows.map((machine) => ({ machine, id: machine.id })))(
  'the JSON of $id makes the same chart again, with nothing but JSON in it',
  ({ machine }) => {
    const json = JSON.stringify(statelyJson(machine));
    const again = createMachine(JSON.parse(json));
    expect(statesOf(again)).toEqual(statesOf(machine));
  },
);
