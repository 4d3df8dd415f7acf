import { type CallAnswer, type PrivacyEvent, privacy } from '../../../machines/privacy.js';
import {
  always,
  type Companion,
  type Exploration,
  failsWith,
  flowAlone,
  gives,
  guarantees,
  reads,
} from '../../../testing/index.js';
import { shortWaits } from './timing.js';

/** Which of its calls the host holds back, and whether it knows that the person sees the question. */
interface HeldBack {
  readonly calls: readonly { readonly call: number; readonly isSeen: boolean }[];
  readonly last: number;
}

const MOST_CALLS = 2;

/** The host, which holds calls back until it is told an answer (W-16). */
const host: Companion<HeldBack> = {
  start: { calls: [], last: 0 },
  hears({ calls, last }, event) {
    const { call, answer } = event as CallAnswer;
    if (answer.event === 'exposureAuthorization') {
      return { last, calls: calls.map((other) => (other.call === call ? { ...other, isSeen: true } : other)) };
    }
    const left = calls.filter((other) => other.call !== call);
    return { calls: left, last: left.length === 0 ? 0 : last };
  },
  tells: ({ calls, last }): ReturnType<Companion<HeldBack>['tells']> =>
    calls.length >= MOST_CALLS
      ? {}
      : {
          'a call needs consent': {
            event: consentNeeded(last + 1),
            next: { calls: [...calls, { call: last + 1, isSeen: false }], last: last + 1 },
          },
        },
};

const consentNeeded = (call: number): PrivacyEvent => ({ type: 'CONSENT.NEEDED', call });

const knownPopups: readonly object[] = [{}, {}];

/** Whatever becomes of pages, every call that the host holds back is asked about, or was answered (G-13). */
const everyCallIsAnswered = always('G-13 a call is held back only while a person can be asked about it', (stage) => {
  const state = stage.chart('privacy');
  if (state?.status !== 'active') return true;
  return state.context.calls.length === 0 || state.hasTag('askable') || 'a call hangs, and nobody is asked';
});

/** @param flow the flow, or a copy of it that was broken on purpose */
export const privacyIn = (flow: typeof privacy): Exploration =>
  flowAlone({
    name: 'privacyAlone',
    flow,
    input: () => ({ timing: shortWaits }),
    answers: {
      getPrivacySetting: { 'a name': gives({ contractName: '《隐私保护指引》' }), ...failsWith('unknown') },
      openPrivacyContract: { 'it opens': gives(undefined), ...failsWith('unsupported', 'unknown') },
    },
    companions: { onPrivacyNeeded: host },
    deeds: ['report'],
    events: {
      'the app claims the popup': { type: 'PROMPT.CLAIMED' },
      'the person agrees': { type: 'CONSENT.GIVEN', buttonId: 'agree' },
      'the person refuses': { type: 'CONSENT.REFUSED' },
      'the person sees the question': { type: 'QUESTION.SEEN' },
      'the person wants to read': { type: 'CONTRACT.WANTED' },
      ...Object.fromEntries(
        knownPopups.flatMap((popup, index) => [
          [`popup ${index + 1} is shown`, { type: 'POPUP.SHOWN' as const, popup }],
          [`popup ${index + 1} is hidden`, { type: 'POPUP.HIDDEN' as const, popup }],
          [`popup ${index + 1} is detached`, { type: 'POPUP.DETACHED' as const, popup }],
        ]),
      ),
    },
    reads: [
      reads(privacy, ({ calls, unseen, popups }) => [
        calls.length,
        unseen.length,
        popups.map((popup) => knownPopups.indexOf(popup)),
      ]),
    ],
    properties: [...guarantees, everyCallIsAnswered],
  });

export const privacyAlone = privacyIn(privacy);
