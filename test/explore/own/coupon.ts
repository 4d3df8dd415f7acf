import { assign, setup } from 'xstate';
import { fromTask } from '../../../machines/task.js';
import { Failure } from '../../../ports/failure.js';
import { always, type Exploration, failsWith, flowAlone, gives, guarantees } from '../../../testing/index.js';

/** A flow of an app's own: a coupon that is fetched by a tap. */
export const coupon = setup({
  types: {
    context: {} as { coupon: string | null },
    events: {} as { type: 'TAPPED' },
    tags: {} as 'busy' | 'settled',
  },
  actors: {
    fetchCoupon: fromTask<string>(() => {
      throw new Failure('misconfigured', { message: 'fetchCoupon is not provided' });
    }),
  },
}).createMachine({
  id: 'coupon',
  context: { coupon: null },
  initial: 'resting',
  states: {
    resting: { tags: 'settled', on: { TAPPED: 'fetching' } },
    fetching: {
      tags: 'busy',
      invoke: {
        src: 'fetchCoupon',
        onDone: { target: 'shown', actions: assign({ coupon: ({ event }) => event.output }) },
        onError: 'resting',
      },
      after: { 10000: 'resting' },
    },
    shown: { tags: 'settled' },
  },
});

/** @param flow the flow, or a copy of it that was broken on purpose */
export function couponIn(flow: typeof coupon): Exploration {
  return flowAlone({
    name: 'couponAlone',
    flow,
    input: () => undefined,
    answers: { fetchCoupon: { 'a coupon': gives('10% off'), ...failsWith('offline', 'busy') } },
    events: { 'a tap': { type: 'TAPPED' } },
    properties: [
      ...guarantees,
      always('what is shown is a coupon', (stage) => {
        const state = stage.chart('coupon');
        return !state?.matches('shown') || state.context.coupon !== null;
      }),
    ],
  });
}

export const couponAlone = couponIn(coupon);
