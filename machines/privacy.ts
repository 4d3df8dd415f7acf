import { assign, enqueueActions, raise, type SnapshotFrom, setup } from 'xstate';
import { Failure, toFailure } from '../ports/failure.js';
import type { PrivacyAnswer } from '../ports/platform.js';
import { required } from './required.js';
import type { Timing } from './timing.js';

export interface PrivacyInput {
  timing: Timing;
}

export type PrivacyEvent =
  /** The app wants to ask by a popup of its own. */
  | { type: 'PROMPT.CLAIMED' }
  /** The host holds a call back until it is told the person's answer. */
  | { type: 'CONSENT.NEEDED'; call: number }
  | { type: 'CONSENT.GIVEN'; buttonId: string }
  | { type: 'CONSENT.REFUSED' }
  /** The page that has this popup can be seen. */
  | { type: 'POPUP.SHOWN'; popup: object }
  /** The page that has this popup is covered, or in the background. */
  | { type: 'POPUP.HIDDEN'; popup: object }
  /** The page that has this popup is gone for good. */
  | { type: 'POPUP.DETACHED'; popup: object }
  /** The person sees the question. */
  | { type: 'QUESTION.SEEN' }
  | { type: 'CONTRACT.WANTED' }
  | { type: 'CONTRACT.FAILED' };

/** Tells the companion that listens to the host what to answer to one of its calls. */
export type CallAnswer = { type: 'ANSWER'; call: number; answer: PrivacyAnswer };

export interface PrivacyContext extends PrivacyInput {
  /** The calls that the host holds back, in the order of asking. */
  calls: readonly number[];
  /** Those of them whose host does not know yet that the person sees the question. */
  unseen: readonly number[];
  /** The popups whose page is visible. */
  popups: readonly object[];
  contractName: string;
}

/** What the guide is called while the host has not said so. The guide itself is in Chinese, whatever the locale. */
export const DEFAULT_CONTRACT_NAME = '《小程序隐私保护指引》';

/**
 * Consent to the app's privacy guide, in a popup of the app's own (W-16, G-13).
 *
 * The host knows one listener and no way to take it back, and each call waits until it is told an answer. So there is
 * one of these per host, it never ends, and whatever happens to pages, every call is answered.
 */
export const privacy = setup({
  types: {
    input: {} as PrivacyInput,
    context: {} as PrivacyContext,
    events: {} as PrivacyEvent,
    tags: {} as 'busy' | 'askable' | 'settled',
  },
  actors: {
    /** Takes over the host's popup for good: sends `CONSENT.NEEDED`, and passes each `ANSWER` on to its call. */
    onPrivacyNeeded: required.companion<undefined, CallAnswer>('onPrivacyNeeded'),
    /** `Platform.getPrivacySetting` */
    getPrivacySetting: required.task<{ contractName: string }>('getPrivacySetting'),
    /** `Platform.openPrivacyContract` */
    openPrivacyContract: required.task<void>('openPrivacyContract'),
  },
  delays: {
    settingTimeout: ({ context }) => context.timing.privacy,
    contractTimeout: ({ context }) => context.timing.privacy,
    coverTimeout: ({ context }) => context.timing.privacy,
  },
  guards: {
    hasPopup: ({ context }) => context.popups.length > 0,
    hasNoPopup: ({ context }) => context.popups.length === 0,
  },
  actions: {
    /** Tells the developer what goes wrong beside the flow. */
    report: (_, __: { failure: Failure }) => required.action('report'),

    addPopup: assign({
      popups: ({ context }, { popup }: { popup: object }) => [
        ...context.popups.filter((other) => other !== popup),
        popup,
      ],
    }),
    removePopup: assign({
      popups: ({ context }, { popup }: { popup: object }) => context.popups.filter((other) => other !== popup),
    }),
    queue: assign({
      calls: ({ context }, { call }: { call: number }) => [...context.calls, call],
      unseen: ({ context }, { call }) => [...context.unseen, call],
    }),
    tellSeen: enqueueActions(({ context, enqueue }) => {
      for (const call of context.unseen) {
        enqueue.sendTo('host', { type: 'ANSWER', call, answer: { event: 'exposureAuthorization' } });
      }
      enqueue.assign({ unseen: [] });
    }),
    /** One answer for all: the host asks about one guide, however many calls wait for it. */
    answerAll: enqueueActions(({ context, enqueue }, { answer }: { answer: PrivacyAnswer }) => {
      for (const call of context.calls) enqueue.sendTo('host', { type: 'ANSWER', call, answer });
      enqueue.assign({ calls: [], unseen: [] });
    }),
  },
}).createMachine({
  id: 'privacy',
  description: 'Does the person agree to the app’s privacy guide? Asked by a popup of the app, if it wants to.',
  context: ({ input }) => ({ ...input, calls: [], unseen: [], popups: [], contractName: DEFAULT_CONTRACT_NAME }),
  type: 'parallel',
  states: {
    prompt: {
      description: 'Who asks the person, and whether they are being asked.',
      initial: 'unclaimed',
      states: {
        unclaimed: {
          description: 'The host asks in a popup of its own, unless the app wants otherwise.',
          tags: 'settled',
          on: { 'PROMPT.CLAIMED': 'claimed' },
        },
        claimed: {
          description: 'The app asks, until it ends: the host knows no way back (W-16).',
          invoke: { id: 'host', src: 'onPrivacyNeeded' },
          initial: 'quiet',
          states: {
            quiet: {
              description: 'Nothing is held back.',
              tags: 'settled',
              on: {
                'CONSENT.NEEDED': [
                  {
                    guard: 'hasPopup',
                    target: 'asking',
                    actions: { type: 'queue', params: ({ event }) => event },
                  },
                  {
                    description: 'Nobody could answer, and the call would hang for ever.',
                    actions: [
                      { type: 'queue', params: ({ event }) => event },
                      { type: 'answerAll', params: { answer: { event: 'disagree' } } },
                      { type: 'report', params: () => ({ failure: noPopup() }) },
                    ],
                  },
                ],
              },
            },
            asking: {
              description: 'The person decides, and takes the time they need (G-09, G-15).',
              tags: 'askable',
              initial: 'unseen',
              on: {
                'CONSENT.NEEDED': { actions: { type: 'queue', params: ({ event }) => event } },
                'CONSENT.GIVEN': {
                  target: 'quiet',
                  actions: [
                    'tellSeen',
                    {
                      type: 'answerAll',
                      params: ({ event: { buttonId } }) => ({ answer: { event: 'agree', buttonId } }),
                    },
                  ],
                },
                'CONSENT.REFUSED': {
                  target: 'quiet',
                  actions: ['tellSeen', { type: 'answerAll', params: { answer: { event: 'disagree' } } }],
                },
              },
              states: {
                unseen: {
                  description: 'The popup knows that it has to ask, and is being drawn.',
                  always: {
                    guard: 'hasNoPopup',
                    target: '#privacy.prompt.claimed.quiet',
                    actions: { type: 'answerAll', params: { answer: { event: 'disagree' } } },
                  },
                  on: { 'QUESTION.SEEN': 'seen', 'CONTRACT.WANTED': 'reading' },
                },
                seen: {
                  description: 'The person sees the question, and the host is told so, for later calls too.',
                  entry: 'tellSeen',
                  always: {
                    guard: 'hasNoPopup',
                    target: '#privacy.prompt.claimed.quiet',
                    actions: { type: 'answerAll', params: { answer: { event: 'disagree' } } },
                  },
                  on: {
                    'CONSENT.NEEDED': {
                      target: 'seen',
                      reenter: true,
                      actions: { type: 'queue', params: ({ event }) => event },
                    },
                    'CONTRACT.WANTED': 'reading',
                  },
                },
                reading: {
                  description: 'The person wants to read the guide first, and then decides.',
                  on: { 'POPUP.SHOWN': 'seen', 'POPUP.DETACHED': 'seen', 'CONTRACT.FAILED': 'seen' },
                  initial: 'awaitingGuide',
                  states: {
                    awaitingGuide: {
                      description:
                        'The guide may come up over the page. One that has not hidden it by now leaves it alone: hidden later, the page was left.',
                      always: { guard: 'hasNoPopup', target: 'covered' },
                      on: { 'CONTRACT.WANTED': { target: 'awaitingGuide', reenter: true } },
                      after: { coverTimeout: '#privacy.prompt.claimed.asking.seen' },
                    },
                    covered: {
                      description:
                        'The guide covers the page: that its popup is hidden does not mean that it was left. The person reads as long as they like.',
                      on: {
                        'CONSENT.NEEDED': {
                          description:
                            'Another page is in use, and it has no popup: the page with the question was left. Nobody could answer either call.',
                          guard: 'hasNoPopup',
                          target: '#privacy.prompt.claimed.quiet',
                          actions: [
                            { type: 'queue', params: ({ event }) => event },
                            { type: 'answerAll', params: { answer: { event: 'disagree' } } },
                            { type: 'report', params: () => ({ failure: noPopup() }) },
                          ],
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    popups: {
      description: 'Which popups a person could see: each page may have one, and only those of visible pages count.',
      on: {
        'POPUP.SHOWN': { actions: { type: 'addPopup', params: ({ event }) => event } },
        'POPUP.HIDDEN': { actions: { type: 'removePopup', params: ({ event }) => event } },
        'POPUP.DETACHED': { actions: { type: 'removePopup', params: ({ event }) => event } },
      },
    },
    name: {
      description: 'What the guide is called, for the popup’s text.',
      initial: 'unknown',
      states: {
        unknown: {
          description: 'A popup says a default name until the host has said the right one.',
          tags: 'settled',
          on: { 'POPUP.SHOWN': 'fetching', 'CONSENT.NEEDED': 'fetching' },
        },
        fetching: {
          description: 'The host tells the name. It may never call back, so our own timer ends the wait (G-09).',
          tags: 'busy',
          invoke: {
            src: 'getPrivacySetting',
            onDone: {
              target: 'known',
              actions: assign({
                contractName: ({ context, event }) => event.output.contractName || context.contractName,
              }),
            },
            onError: 'unknown',
          },
          after: { settingTimeout: 'unknown' },
        },
        known: { description: 'It does not change while the app runs.', tags: 'settled' },
      },
    },
    contract: {
      description: 'The text of the guide, which the host shows.',
      initial: 'closed',
      states: {
        closed: {
          description: 'Nobody has asked for it, or the host has it now.',
          tags: 'settled',
          on: { 'CONTRACT.WANTED': 'opening' },
        },
        opening: {
          description: 'The host opens it. It may never say so, so our own timer ends the wait (G-09).',
          tags: 'busy',
          invoke: {
            src: 'openPrivacyContract',
            onDone: 'closed',
            onError: {
              target: 'closed',
              actions: [
                raise({ type: 'CONTRACT.FAILED' }),
                { type: 'report', params: ({ event }) => ({ failure: toFailure(event.error) }) },
              ],
            },
          },
          after: {
            contractTimeout: {
              description: 'Nobody knows whether it is open, so it is no reason to hold a call back.',
              target: 'closed',
              actions: [
                raise({ type: 'CONTRACT.FAILED' }),
                { type: 'report', params: () => ({ failure: new Failure('timeout') }) },
              ],
            },
          },
        },
      },
    },
  },
});

/** Whether a person is being asked: a popup on the visible page has to be drawn. */
export function isAsking(snapshot: SnapshotFrom<typeof privacy>): boolean {
  return snapshot.hasTag('askable');
}

function noPopup() {
  return new Failure('misconfigured', {
    message:
      'The host needs consent to the privacy guide, but the visible page has no privacy popup: the answer was no. ' +
      'Put <privacy-popup /> on each page that asks for something private, or leave ownPrivacyPopup out of createAuth.',
  });
}
