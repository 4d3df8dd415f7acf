import { silentLogin } from '../../../machines/silent-login.js';
import {
  always,
  type Exploration,
  flowAlone,
  gives,
  guarantees,
  reads,
  type StepProperty,
  telling,
} from '../../../testing/index.js';
import { codeTaker } from './owner.js';
import { newSession } from './people.js';
import { refusals } from './refusals.js';
import { shortWaits } from './timing.js';

export const silentLoginReads = reads(silentLogin, ({ code, createUser, withUnionId, expectedUserId, retried }) => [
  code,
  createUser,
  withUnionId,
  expectedUserId,
  retried,
]);

/** No storm: one automatic retry for each attempt, whatever the server says (G-01, G-21). */
const oneRetry: StepProperty = {
  name: 'G-21 an attempt is retried once at the most',
  watch() {
    let calls = 0;
    return {
      complaint({ move, news }) {
        // A person who wants it again, or a network that is back, begins a new attempt.
        if (/^RETRY$|network/.test(move)) calls = 0;
        calls += news.filter((item) => item.type === 'called' && item.name === 'signIn').length;
        return calls > 2 ? `the server is asked ${calls} times` : null;
      },
      memory: () => calls,
    };
  },
};

/** It is an answer, not an error like any other. */
const unregisteredIsAState = always('G-18 that there is no account has a state of its own', (stage) => {
  const state = stage.chart('silentLogin');
  return state?.status !== 'done' || state.context.failure?.kind !== 'unregistered' || state.matches('unregistered');
});

/** @param flow the flow, or a copy of it that was broken on purpose */
export const silentLoginIn = (flow: typeof silentLogin): Exploration =>
  flowAlone({
    name: 'silentLoginAlone',
    flow,
    input: ({ random }) => ({ createUser: true, withUnionId: false, expectedUserId: null, timing: shortWaits, random }),
    answers: { signIn: { 'a session': gives(newSession), ...refusals.signIn } },
    companions: { keepKey: codeTaker, watchNetwork: telling({ 'the network is back': { type: 'NETWORK.ONLINE' } }) },
    events: { CANCEL: { type: 'CANCEL' }, RETRY: { type: 'RETRY' } },
    reads: [silentLoginReads],
    properties: [...guarantees, oneRetry, unregisteredIsAState],
  });

export const silentLoginAlone = silentLoginIn(silentLogin);
