import type { SnapshotFrom } from 'xstate';
import type { User } from '../ports/backend.js';
import { toFailure } from '../ports/failure.js';
import type { Platform, ProfileLanguage } from '../ports/platform.js';
import type { ProfileSync, ProfileWay } from '../ports/profile.js';
import { type Flow, type FlowSnapshot, membersOf, nameOf, type RunningFlow } from './flow.js';
import type { SignInOptions } from './sign-in-options.js';
import type { UserProfileEvent, userProfile } from './user-profile.js';

/**
 * What a profile is asked for. Whoever allows the host's own button while nobody is signed in is signed in by it, and what
 * `ensure` takes is for that; who only tells a name is no new user by that (G-18).
 */
export interface ProfileOptions extends SignInOptions {
  /** What the profile is for, at most 30 characters: the host shows it (W-06). */
  desc: string;
  /** In which language the host tells places. Default `zh_CN`. */
  lang?: ProfileLanguage;
  /** What the profile may replace. Default `setnx`: only what was never set. */
  sync?: ProfileSync;
  /** Which way to take where the host has several. Default: the best that it has. */
  way?: ProfileWay;
}

export interface ProfileSnapshot extends FlowSnapshot {
  /**
   * What has to be on the page: a plain button, the host's own button, a form; `none` where the host has no way, or the flow has ended. What is
   * there stays there while `busy`, as its answer may still come and a form may be needed again (G-15).
   */
  readonly by: 'tap' | 'hostButton' | 'form' | 'none';
  /** Whether it asks at once. Else a tap on it only makes ready what is missing, or does nothing. */
  readonly live: boolean;
  /** Whether the form asks for a picture: only where the host lets one be chosen (W-11). The name it always asks for. */
  readonly canChooseAvatar: boolean;
  /** The picture of the form: a temporary path until it is uploaded (G-22). */
  readonly avatar: string | null;
  readonly isAvatarTemporary: boolean;
  /** The host has rejected the nickname as it was typed last, so it would not be sent (W-12, G-22). */
  readonly isNicknameRejected: boolean;
  /** The user as the backend knows them after the last change. */
  readonly user: User | null;
}

/** A profile button, and the form where the host has no better way. */
export interface ProfileFlow extends Flow<ProfileSnapshot> {
  /** The button was tapped; call it in the handler of that tap (G-10). */
  ask(): void;

  /**
   * The host's own button has told its event (W-18).
   *
   * @param detail the event's `detail`, as it came
   * @param lang the language of the button, where it is not the flow's
   */
  answer(detail: unknown, lang?: ProfileLanguage): void;

  /** The person would rather fill in the form. */
  fillIn(): void;

  /** @param path where the host has put the picture for now (W-11) */
  chooseAvatar(path: string): void;

  /** The nickname was typed anew, so an earlier review says nothing any more. */
  typeNickname(): void;

  /** @param review the `detail` of the host's event (W-12) */
  reviewNickname(review: { pass: boolean; timeout: boolean }): void;

  /** @param nickname as the form's submit tells it, not as blur or confirm did (G-22) */
  submit(nickname: string): void;
}

/** The best way of this host, or the one that is wanted if the host has it. */
export function wayOf(ways: readonly ProfileWay[], wanted: ProfileWay | undefined): ProfileWay | null {
  return ways.find((way) => way === wanted) ?? ways[0] ?? null;
}

export function readProfileSnapshot(state: ProfileState): ProfileSnapshot {
  const { canChooseAvatar, avatar, isNicknameRejected, user, failure } = state.context;
  return {
    state: stateOf(state),
    busy: isBusy(state),
    otherWay: state.hasTag('otherWay'),
    failure,
    by: askedBy(state),
    live: isLive(state),
    canChooseAvatar,
    avatar: avatar && (avatar.url ?? avatar.path),
    isAvatarTemporary: avatar !== null && avatar.url === null,
    isNicknameRejected,
    user,
  };
}

/** Whatever would stand on the page could not be heard any more. */
export function endProfileSnapshot(last: ProfileSnapshot): ProfileSnapshot {
  return { ...last, by: 'none', live: false };
}

export function profileFlow(
  flow: RunningFlow<ProfileSnapshot, UserProfileEvent>,
  platform: Pick<Platform, 'readUserInfo'>,
): ProfileFlow {
  return {
    ...membersOf(flow),
    ask: () => flow.send({ type: 'PROFILE.ASKED' }),
    answer(detail, lang) {
      flow.send(read(() => platform.readUserInfo(detail), lang));
    },
    fillIn: () => flow.send({ type: 'FORM.ASKED' }),
    chooseAvatar: (path) => flow.send({ type: 'AVATAR.CHOSEN', path }),
    typeNickname: () => flow.send({ type: 'NICKNAME.TYPED' }),
    reviewNickname: ({ pass, timeout }) => flow.send({ type: 'NICKNAME.REVIEWED', pass, timeout }),
    submit: (nickname) => flow.send({ type: 'FORM.SUBMITTED', nickname }),
  };
}

/** The event decides consent only: what it carries may be sealed with a key that is replaced before it is sent (G-03). */
function read(consent: () => unknown, lang: ProfileLanguage | undefined): UserProfileEvent {
  try {
    consent();
    return { type: 'PROFILE.ALLOWED', ...(lang && { lang }) };
  } catch (error) {
    return { type: 'PROFILE.REFUSED', failure: toFailure(error) };
  }
}

/** Of states side by side, a view wants the one that says what came of the last time, or what is being done. */
function stateOf({ value }: ProfileState): string {
  if (typeof value === 'string') return value;
  if ('atRest' in value) return nameOf(value.atRest?.outcome);
  if ('finishing' in value) return value.finishing?.audience === 'gone' ? 'gone' : nameOf(value.finishing?.work);
  return nameOf(value);
}

/** What is made ready or finished unseen is nobody's wait. */
function isBusy(state: ProfileState): boolean {
  const isSeen = !state.hasTag('settled') || state.matches({ atRest: { offer: 'makingReady' } });
  return state.hasTag('busy') && isSeen;
}

function askedBy(state: ProfileState): ProfileSnapshot['by'] {
  if (state.matches('form') || isFormBusy(state)) return 'form';
  if (state.context.way === null) return 'none';
  const isPlain = state.context.way !== 'getUserInfo' || state.matches({ atRest: { offer: 'allowed' } });
  return isPlain ? 'tap' : 'hostButton';
}

function isFormBusy(state: ProfileState): boolean {
  const { value } = state;
  if (typeof value === 'string' || !('finishing' in value) || value.finishing?.audience === 'gone') return false;
  return value.finishing?.work === 'uploadingAvatar' || value.finishing?.work === 'savingForm';
}

/** The host's own button is answered even while the host is asked whether it is needed. */
function isLive(state: ProfileState): boolean {
  return state.hasTag('askable') || state.can({ type: 'PROFILE.ALLOWED' });
}

type ProfileState = SnapshotFrom<typeof userProfile>;
