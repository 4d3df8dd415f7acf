import { assertEvent, assign, setup } from 'xstate';
import type { AccountChanges } from '../ports/account.js';
import type { User } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import { failedWith } from './failed-with.js';
import { required } from './required.js';
import { longestRequest, type Timing } from './timing.js';

export interface AccountSettingsInput {
  timing: Timing;
}

export type AccountSettingsEvent =
  /** The person submits the form. */
  { type: 'SAVE'; changes: AccountChanges } | { type: 'CANCEL' };

/** The changes are not in it: they go from the event to the call (G-23). */
export interface AccountSettingsContext extends AccountSettingsInput {
  /** The user as the server told them after the last change; `null` before the first. */
  user: User | null;
  /** Why the last change was not made. */
  failure: Failure | null;
}

/** The names and the password of whoever is signed in, set one submit at a time. It ends when its view does. */
export const accountSettings = setup({
  types: {
    input: {} as AccountSettingsInput,
    context: {} as AccountSettingsContext,
    events: {} as AccountSettingsEvent,
    tags: {} as 'busy' | 'askable' | 'settled',
  },
  actors: {
    /** `Backend.setAccount`, with the token of the app's session, which may have to be renewed on the way. */
    setAccount: required.task<User, AccountChanges>('setAccount'),
  },
  delays: {
    saveTimeout: ({ context: { timing } }) => longestRequest(timing, timing.setAccount),
  },
  guards: {
    isNameTaken: failedWith('name-taken'),
    isPhoneTaken: failedWith('phone-taken'),
    isPasswordWrong: failedWith('password-wrong'),
    isPasswordTooWeak: failedWith('password-too-weak'),
  },
  actions: {
    remember: assign((_, { error }: { error: unknown }) => ({ failure: toFailure(error) })),
    forgive: assign({ failure: null }),
    keepUser: assign((_, { user }: { user: User }) => ({ user })),
  },
}).createMachine({
  id: 'accountSettings',
  description: 'By which names and which password may the user sign in elsewhere?',
  context: ({ input }) => ({ ...input, user: null, failure: null }),
  initial: 'editable',
  states: {
    editable: {
      description: 'The form is the person’s, however long they take.',
      tags: ['askable', 'settled'],
      on: { SAVE: { target: 'saving', actions: 'forgive' } },
      initial: 'untouched',
      states: {
        untouched: { description: 'Nothing was submitted yet.' },
        judging: {
          description: 'Reasons that a person can do something about have a state of their own.',
          always: [
            { guard: 'isNameTaken', target: 'nameTaken' },
            { guard: 'isPhoneTaken', target: 'phoneTaken' },
            { guard: 'isPasswordWrong', target: 'passwordWrong' },
            { guard: 'isPasswordTooWeak', target: 'passwordTooWeak' },
            { target: 'failed' },
          ],
        },
        nameTaken: { description: 'Somebody has this username or email.' },
        phoneTaken: { description: 'Somebody has this phone number.' },
        passwordWrong: { description: 'The password that the user has now was not the one that was typed in.' },
        passwordTooWeak: { description: 'The server wants a better password.' },
        failed: {
          description:
            'Another reason: no network, no answer, too many attempts, cancelled. Where none was heard, it may be saved all the same.',
        },
        saved: { description: 'The server has made the change, and the form takes the next.' },
      },
    },
    saving: {
      description:
        'The server makes the change. A second submit is ignored, not queued: after the first, the password that it gives as the current one would be wrong.',
      tags: 'busy',
      invoke: {
        src: 'setAccount',
        input: ({ event }) => {
          assertEvent(event, 'SAVE');
          return event.changes;
        },
        onDone: {
          target: 'editable.saved',
          actions: { type: 'keepUser', params: ({ event }) => ({ user: event.output }) },
        },
        onError: { target: 'editable.judging', actions: { type: 'remember', params: ({ event }) => event } },
      },
      on: {
        CANCEL: {
          target: 'editable.judging',
          actions: { type: 'remember', params: () => ({ error: new Failure('cancelled') }) },
        },
      },
      after: {
        saveTimeout: {
          target: 'editable.judging',
          actions: { type: 'remember', params: () => ({ error: new Failure('timeout') }) },
        },
      },
    },
  },
});
