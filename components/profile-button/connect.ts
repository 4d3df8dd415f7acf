import type { ProfileSnapshot } from '../../machines/profile-flow.js';
import { type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { type ProfileButtonTexts, texts } from './texts.js';

export interface ProfileButtonProps {
  disabled: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<ProfileButtonTexts> | null;
  /** Whether a tap waits for the button to be made ready, or for the tap on that. */
  wanted: boolean;
  /** Whether the person has asked for the form. */
  formWanted: boolean;
  /** Whether the form was saved since the last tap. */
  formSaved: boolean;
  /** Whether the host's own button stands there. */
  hostButton: boolean;
  /** Whether the host's own button was tapped, and has not told its event. */
  pressed: boolean;
  /** Whether the host has a login button of its own (B-01). */
  hostLogin?: boolean;
}

/** Plain data for the template. */
export interface ProfileButtonView {
  label: string;
  /** Why the last attempt came to nothing, or what is to be done; empty where there is nothing to say. */
  hint: string;
  /** Whether the host's getUserInfo button stands there, or a plain one (W-18). */
  hostButton: boolean;
  /** Whether the plain button is the host's own login button: nobody is signed in to the host (B-01). */
  hostLogin: boolean;
  /** Whether the form stands in the place of the button. */
  form: boolean;
  /** Names the other way in, the form; empty where it is not offered (G-12). */
  fillIn: string;
  busy: boolean;
  disabled: boolean;
}

/**
 * What the button shows.
 *
 * @param snapshot the flow as it stands; `null` where no auth was created
 */
export function connect(
  snapshot: ProfileSnapshot | null,
  props: ProfileButtonProps,
  locale: Locale,
): ProfileButtonView {
  const text = (name: keyof ProfileButtonTexts) => props.texts?.[name] || texts[locale][name];
  const says = saying(snapshot, props);
  const form = isFormOpen(snapshot, props.formWanted);
  const busy = snapshot?.busy === true;
  const hostLogin = props.hostLogin === true && says.problem === 'host-signed-out';
  return {
    label: text(says.label ?? 'ask'),
    hint: says.hint ? text(says.hint) : says.problem ? failureText(says.problem, locale) : '',
    hostButton: !hostLogin && isHostButton(snapshot, props.hostButton),
    hostLogin,
    form,
    fillIn: snapshot?.otherWay && !form ? text('fillIn') : '',
    busy: says.label === 'busy',
    // A button that is disabled between tap and answer never hears the answer (G-15).
    disabled: props.disabled && !props.pressed && !busy,
  };
}

/** Where the form is the only way, it waits for a tap; where the host told a stand-in, that tap has been. */
function isFormOpen(snapshot: ProfileSnapshot | null, isWanted: boolean): boolean {
  return snapshot?.by === 'form' && (isWanted || snapshot.state === 'anonymous');
}

/** It is not swapped while nothing can be asked: that passes, and its event may be on the way (G-15). */
function isHostButton(snapshot: ProfileSnapshot | null, stands: boolean): boolean {
  if (snapshot?.by === 'hostButton') return true;
  return stands && snapshot?.by === 'none' && snapshot.state !== 'anonymous';
}

interface Saying {
  /** Default: the invitation. */
  label?: keyof ProfileButtonTexts;
  hint?: keyof ProfileButtonTexts;
  problem?: FailureKind;
}

function saying(snapshot: ProfileSnapshot | null, props: ProfileButtonProps): Saying {
  if (!snapshot) return { label: 'retry', problem: 'misconfigured' };
  const { state, busy, by, failure } = snapshot;
  if (busy) return { label: 'busy' };
  if (isAsking(snapshot)) return {};
  if (props.wanted) return by === 'none' ? { label: 'busy' } : { hint: 'again' };
  if (state === 'anonymous') return { hint: 'anonymous' };
  if (by === 'form') return {};
  if (props.formSaved || state === 'saved') return { label: 'saved' };
  if (state === 'signedIn') return { label: 'signedIn' };
  if (state === 'tapAgain') return { hint: 'again' };
  if (state === 'unsupported') return { problem: 'unsupported' };
  if (!failure || failure.kind === 'cancelled') return {};
  return NOT_MENDED_BY_A_TAP.includes(failure.kind)
    ? { problem: failure.kind }
    : { label: 'retry', problem: failure.kind };
}

/** Whether the host's sheet is open. */
export function isAsking({ state }: Pick<ProfileSnapshot, 'state'>): boolean {
  return state === 'loggingIn' || state === 'waiting';
}

const NOT_MENDED_BY_A_TAP: readonly FailureKind[] = ['profile-updates-off', 'host-signed-out'];
