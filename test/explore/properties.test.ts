import { describe, expect, it } from 'vitest';
import { assign, setup } from 'xstate';
import { fromTask } from '../../machines/task.js';
import type { Secret } from '../../ports/secret.js';
import {
  callsDoNotOverlap,
  chartsStand,
  codesAreSpentOnce,
  explore,
  failsWith,
  flowAlone,
  gives,
  noCallWhile,
  type Property,
  restIsNear,
  waitsEnd,
} from '../../testing/index.js';
import { coupon, couponIn } from './own/coupon.js';
import { broken, without } from './support/broken.js';

const task = () => fromTask<unknown, object>(() => Promise.reject(new Error('nobody calls this')));

async function violated(exploration: Parameters<typeof explore>[0], property: Property) {
  const { violations } = await explore({ ...exploration, properties: [property] });
  return violations.map(({ property, moves }) => [property, moves]);
}

describe('from everywhere a chart can come to rest', () => {
  const nothingKnown = (fetching: object) =>
    couponIn(broken(coupon, 'states/fetching', (was) => ({ ...(was as object), ...fetching })));

  it('or it is told, though whoever holds it could end it', async () => {
    const lost = nothingKnown({ invoke: undefined, after: undefined });
    expect(await violated(lost, restIsNear)).toEqual([[restIsNear.name, ['a tap']]]);
    expect(await violated(couponIn(coupon), restIsNear)).toEqual([]);
  });

  it('and in a state without a word for it, it is not', async () => {
    const wordless = nothingKnown({ invoke: undefined, after: undefined, tags: [] });
    expect(await violated(wordless, restIsNear)).toEqual([[restIsNear.name, ['a tap']]]);
  });

  it('where charts have no words at all, whoever has called waits', async () => {
    const untagged = broken(coupon, 'states', (states) =>
      Object.fromEntries(Object.entries(states as object).map(([key, state]) => [key, { ...state, tags: undefined }])),
    );
    expect(await violated(couponIn(untagged), waitsEnd)).toEqual([]);
    expect(await violated(couponIn(without(untagged, 'states/fetching/after')), waitsEnd)).toEqual([
      [waitsEnd.name, ['a tap']],
    ]);
  });
});

it('a chart that throws has broken', async () => {
  const throws = broken(coupon, 'states/fetching/invoke/onDone/actions', () =>
    assign(() => {
      throw new Error('no such coupon');
    }),
  );
  expect(await violated(couponIn(throws), chartsStand)).toEqual([
    [chartsStand.name, ['a tap', 'fetchCoupon: a coupon']],
  ]);
});

describe('what a parcel of an app’s own may not do', () => {
  const parcel = setup({
    types: { context: {} as { code: Secret | null }, events: {} as { type: 'TAPPED' } | { type: 'AGAIN' } },
    actors: { login: task(), send: task() },
  }).createMachine({
    id: 'parcel',
    context: { code: null },
    initial: 'resting',
    on: { AGAIN: '.sending' },
    states: {
      resting: { on: { TAPPED: 'loggingIn' } },
      loggingIn: {
        invoke: {
          src: 'login',
          input: {},
          onDone: { target: 'sending', actions: assign({ code: ({ event }) => event.output as Secret }) },
          onError: 'resting',
        },
      },
      sending: {
        invoke: {
          src: 'send',
          input: ({ context }) => ({ body: { parcels: [{ jsCode: context.code }] } }),
          onDone: 'resting',
          onError: 'resting',
        },
        on: { TAPPED: 'loggingIn' },
      },
    },
  });
  const world = (lateCalls: readonly string[] = []) =>
    flowAlone({
      name: 'parcelAlone',
      flow: parcel,
      input: () => undefined,
      answers: {
        login: { 'a code': gives((stage) => stage.secret('code')), ...failsWith('offline') },
        send: { done: gives(null) },
      },
      events: { 'a tap': { type: 'TAPPED' }, 'once more': { type: 'AGAIN' } },
      bound: { lateCalls },
    });

  it('G-01 spend a code twice, however deep it stands in what is sent', async () => {
    expect(await violated(world(), codesAreSpentOnce)).toEqual([
      [codesAreSpentOnce.name, ['a tap', 'login: a code', 'once more']],
    ]);
  });

  it('G-03 log in while somebody needs that it does not', async () => {
    const keeper = noCallWhile('login', (stage) => {
      const isSending = stage.pendingCalls().some(({ name }) => name === 'send');
      return isSending ? 'what is sent' : null;
    });
    expect(await violated(world(['send']), keeper)).toEqual([[keeper.name, ['once more', 'a tap']]]);
  });

  it('G-05 have two calls out that are the same, where its tester says so', async () => {
    const twice = setup({ actors: { send: task() } }).createMachine({
      id: 'twice',
      type: 'parallel',
      states: { one: { invoke: { src: 'send', input: {} } }, other: { invoke: { src: 'send', input: {} } } },
    });
    const both = flowAlone({
      name: 'twice',
      flow: twice,
      input: () => undefined,
      answers: { send: { done: gives(1) } },
    });
    expect(await violated(both, callsDoNotOverlap({ send: () => '' }))).toHaveLength(1);
    expect(await violated(both, callsDoNotOverlap())).toEqual([]);
  });
});
