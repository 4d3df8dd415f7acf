import { accountSettings } from '../../../machines/account-settings.js';
import { authorizedRequest } from '../../../machines/authorized-request.js';
import { directCall } from '../../../machines/direct-call.js';
import { flowAlone, gives, guarantees, reads } from '../../../testing/index.js';
import { codeTaker } from './owner.js';
import { anothersSession, newSession, user } from './people.js';
import { refusals } from './refusals.js';
import { shortWaits } from './timing.js';

export const settingsAlone = flowAlone({
  name: 'settingsAlone',
  flow: accountSettings,
  input: () => ({ timing: shortWaits }),
  answers: { setAccount: { 'the user': gives(user), ...refusals.setAccount } },
  events: {
    'the form is submitted': (_, stage) => ({ type: 'SAVE' as const, changes: { password: stage.secret('password') } }),
    CANCEL: { type: 'CANCEL' },
  },
  // What guards read of the failure they read at once.
  reads: [reads(accountSettings, () => null)],
  properties: guarantees,
});

const wish = { createUser: false, withUnionId: false };

export const requestAlone = flowAlone({
  name: 'requestAlone',
  flow: authorizedRequest,
  input: (stage) => ({ ask: (token) => stage.call('send', { token }), wish, limit: 30, timing: shortWaits }),
  answers: {
    ensureSession: { 'a session': gives(newSession), ...refusals.signIn },
    renewSession: { 'a session': gives(newSession), "somebody else's": gives(anothersSession), ...refusals.signIn },
    send: { 'an answer': gives({ status: 200 }), ...refusals.setAccount },
  },
  events: { CANCEL: { type: 'CANCEL' } },
  reads: [reads(authorizedRequest, ({ session }) => session && [session.user.id, session.token])],
  properties: guarantees,
});

function directCallThat(name: string, needsCode: boolean) {
  return flowAlone({
    name,
    flow: directCall,
    input: () => ({ needsCode, limit: 15, timing: shortWaits }),
    answers: { call: { done: gives(undefined), ...refusals.signIn } },
    companions: { keepKey: codeTaker },
    events: { CANCEL: { type: 'CANCEL' } },
    reads: [reads(directCall, ({ code }) => code)],
    properties: guarantees,
  });
}

export const directCallWithCode = directCallThat('directCallWithCode', true);
export const directCallWithout = directCallThat('directCallWithout', false);
