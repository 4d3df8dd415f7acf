import type { SnapshotFrom } from 'xstate';
import type { User } from '../ports/backend.js';
import { toFailure } from '../ports/failure.js';
import type { PhoneProof } from '../ports/phone.js';
import type { Platform } from '../ports/platform.js';
import { type Flow, type FlowSnapshot, membersOf, nameOf, type RunningFlow } from './flow.js';
import { isLive, type PhoneAim, type PhoneAuthorizationEvent, type phoneAuthorization } from './phone-authorization.js';
import { type SignInOptions, wishFrom } from './sign-in-options.js';

/** What a phone number is asked for. */
export type PhoneOptions = PhoneButtonOptions &
  (
    | ({ mode?: 'signIn' } & SignInOptions)
    /** Adds or changes the number of whoever is signed in. `overwrite`: whether another gives way; default `true`. */
    | { mode: 'update'; overwrite?: boolean }
  );

export interface PhoneButtonOptions {
  /**
   * Whether the same tap asks for consent to the privacy guide, where the host can do so. Default `false`: on some
   * versions such a button stops answering (G-14).
   */
  coupled?: boolean;
  /** Whether the app's terms have to be accepted before the sheet opens (G-16). Default `false`. */
  terms?: boolean;
  /** Whether the number is also checked to be in use, where the host can do so; it costs more (W-15). Default `false`. */
  realtime?: boolean;
}

export interface PhoneSnapshot extends FlowSnapshot {
  /** Whether the host's button may be shown; until then a plain button stands in, whose tap is {@link PhoneFlow.want}. */
  readonly live: boolean;
  /** The host's button: its `open-type`. */
  readonly openType: string;
  /** Whether the person has yet to accept the app's terms, and a tap on the plain button says so (G-16). */
  readonly termsMissing: boolean;
  /** Whether the button has to stay as it is: its sheet may be open (G-15). */
  readonly frozen: boolean;
  /** Who has the number now. */
  readonly user: User | null;
}

/** A phone button: sign in by phone, or add and change the number. */
export interface PhoneFlow extends Flow<PhoneSnapshot> {
  /** The host's button was tapped; call it in the handler of that tap. */
  ask(): void;

  /** The person has accepted the app's terms, or takes that back. It is heeded at rest (G-16). */
  acceptTerms(accepted: boolean): void;

  /** The page is covered by another: a button at rest makes nothing ready until {@link PhoneFlow.shown} (G-02). */
  hidden(): void;

  /** The page has come to the front again. */
  shown(): void;

  /** The plain button was tapped: what is missing is made ready, and one more tap asks. */
  want(): void;

  /**
   * The host's button has told its event (W-13, W-14).
   *
   * @param detail the event's `detail`, as it came
   */
  answer(detail: unknown): void;
}

/** Turns what an app says into what the chart needs. */
export function aimOf(options: PhoneOptions, defaults: SignInOptions): PhoneAim {
  if (options.mode === 'update') return { mode: 'update', overwrite: options.overwrite ?? true };
  return { mode: 'signIn', ...wishFrom(options, defaults) };
}

/** @param isRealtime which of the host's two buttons this flow is for (W-15) */
export function readPhoneSnapshot(isRealtime: boolean) {
  return (state: SnapshotFrom<typeof phoneAuthorization>): PhoneSnapshot => {
    const { isCoupled, areTermsAccepted, user, failure } = state.context;
    const isResting = state.matches({ open: 'resting' });
    const openType = isRealtime ? 'getRealtimePhoneNumber' : 'getPhoneNumber';
    return {
      state: nameOf(state.value),
      busy: state.hasTag('busy'),
      otherWay: state.hasTag('otherWay'),
      live: !isResting || (isLive(state.context) && !state.matches({ open: { resting: 'unsupported' } })),
      frozen: state.hasTag('frozen'),
      openType: isCoupled ? `${openType}|agreePrivacyAuthorization` : openType,
      termsMissing: !areTermsAccepted,
      user,
      failure,
    };
  };
}

/** An answer would not be heard any more, so the host's button must not stand there. */
export function endPhoneSnapshot(last: PhoneSnapshot): PhoneSnapshot {
  return { ...last, live: false, frozen: false };
}

export function phoneFlow(
  flow: RunningFlow<PhoneSnapshot, PhoneAuthorizationEvent>,
  platform: Pick<Platform, 'readPhone'>,
): PhoneFlow {
  return {
    ...membersOf(flow),
    ask: () => flow.send({ type: 'PHONE.ASKED' }),
    acceptTerms: (accepted) => flow.send({ type: accepted ? 'TERMS.ACCEPTED' : 'TERMS.WITHDRAWN' }),
    hidden: () => flow.send({ type: 'PAGE.HIDDEN' }),
    shown: () => flow.send({ type: 'PAGE.SHOWN' }),
    want: () => flow.send({ type: 'PHONE.WANTED' }),
    answer(detail) {
      flow.send(read(() => platform.readPhone(detail)));
    },
  };
}

function read(phone: () => PhoneProof): PhoneAuthorizationEvent {
  try {
    return { type: 'PHONE.GRANTED', phone: phone() };
  } catch (error) {
    return { type: 'PHONE.REFUSED', failure: toFailure(error) };
  }
}
