import type { PhoneSnapshot } from '../../machines/phone-flow.js';
import { type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { type PhoneButtonTexts, texts } from './texts.js';

export interface PhoneButtonProps {
  mode: 'signIn' | 'update';
  disabled: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<PhoneButtonTexts> | null;
  /** Whether a tap has met terms that are not accepted. */
  termsAsked: boolean;
  /** Whether a tap on the plain button waits for the host's own to be made ready, or for the tap on that. */
  wanted: boolean;
  /** Whether another way in was offered since the last success: what a person fills in there must not vanish (G-12). */
  otherWayOffered: boolean;
  /** Whether the host has a login button of its own (B-01). */
  hostLogin?: boolean;
}

/** Plain data for the template. */
export interface PhoneButtonView {
  label: string;
  /** Why the last attempt came to nothing, or what is missing; empty where there is nothing to say. */
  hint: string;
  /** Whether the host's button stands there, or a plain one in its place. */
  live: boolean;
  openType: string;
  /** Whether the plain button is the host's own login button: nobody is signed in to the host (B-01). */
  hostLogin: boolean;
  busy: boolean;
  /** Whether another way in is offered, by the slot `other`. */
  otherWay: boolean;
  disabled: boolean;
}

type Shown = Pick<
  PhoneSnapshot,
  'state' | 'busy' | 'live' | 'openType' | 'otherWay' | 'frozen' | 'termsMissing' | 'failure'
>;

/** Where the app has made no auth. */
const nothing: Shown = {
  state: 'inviting',
  busy: false,
  live: false,
  frozen: false,
  openType: 'getPhoneNumber',
  otherWay: false,
  termsMissing: false,
  failure: null,
};

/**
 * What the button shows.
 *
 * @param snapshot the flow as it stands; `null` where no auth was created
 */
export function connect(snapshot: PhoneSnapshot | null, props: PhoneButtonProps, locale: Locale): PhoneButtonView {
  const shown = snapshot ?? nothing;
  const { busy, live, openType, otherWay, frozen } = shown;
  const text = (name: keyof PhoneButtonTexts) => props.texts?.[name] || texts[locale][name];
  const says = saying(shown, snapshot ? problemOf(shown) : 'misconfigured', props);
  return {
    label: text(says.label ?? props.mode),
    hint: says.hint ? text(says.hint) : says.problem ? failureText(says.problem, locale) : '',
    live,
    openType,
    hostLogin: props.hostLogin === true && says.problem === 'host-signed-out' && !shown.termsMissing,
    busy: busy || says.label === 'busy',
    otherWay: otherWay || props.otherWayOffered,
    // A button that is disabled between tap and answer never hears the answer (G-15).
    disabled: props.disabled && !frozen && !busy,
  };
}

interface Saying {
  /** Default: the invitation of the mode. */
  label?: keyof PhoneButtonTexts;
  hint?: keyof PhoneButtonTexts;
  problem?: FailureKind;
}

function saying(shown: Shown, problem: FailureKind | null, props: PhoneButtonProps): Saying {
  if (shown.busy) return { label: 'busy' };
  if (shown.frozen) return {};
  if (props.termsAsked && shown.termsMissing) return { hint: 'terms' };
  if (props.wanted && !shown.termsMissing) return shown.live ? { hint: 'again' } : { label: 'busy' };
  if (shown.state === 'succeeded') return { label: 'succeeded' };
  if (wantsAnotherTap(shown)) return { hint: 'again' };
  if (!problem) return {};
  return NOT_MENDED_BY_A_TAP.includes(problem) ? { problem } : { label: 'retry', problem };
}

function problemOf({ state, failure }: Shown): FailureKind | null {
  if (state === 'unsupported') return 'unsupported';
  return failure && failure.kind !== 'cancelled' ? failure.kind : null;
}

/** Where two questions in one tap brought no answer, the failure is an older one (G-14). */
function wantsAnotherTap({ state, failure }: Shown): boolean {
  if (state === 'unanswered') return true;
  return state === 'wantingAnotherTap' && failure !== null && MENDED_BY_A_TAP.includes(failure.kind);
}

/** What is mended by the time of the next tap (G-03); another failure came after it. */
const MENDED_BY_A_TAP: readonly FailureKind[] = ['key-stale', 'code-rejected', 'token-rejected'];

const NOT_MENDED_BY_A_TAP: readonly FailureKind[] = ['unregistered', 'unsupported', 'host-signed-out'];
