import type { SnapshotFrom } from 'xstate';
import type { User } from '../ports/backend.js';
import { toFailure } from '../ports/failure.js';
import type { Platform, ProfileLanguage } from '../ports/platform.js';
import type { ProfileSync, ProfileWay } from '../ports/profile.js';
import { type Flow, type FlowSnapshot, nameOf, type RunningFlow } from './flow.js';
import type { UserProfileEvent, userProfile } from './user-profile.js';

export interface ProfileOptions {
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
  /** By what the person is asked: the host's sheet, the host's own button, a form; `none` while nothing may be tapped. */
  readonly by: 'tap' | 'hostButton' | 'form' | 'none';
  /** The picture of the form: a temporary path until it is uploaded (G-22). */
  readonly avatar: string | null;
  readonly isAvatarTemporary: boolean;
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

export function readProfileSnapshot(state: SnapshotFrom<typeof userProfile>): ProfileSnapshot {
  const { avatar, user, failure } = state.context;
  return {
    state: stateOf(state),
    busy: state.matches('finishing'),
    otherWay: state.hasTag('otherWay'),
    failure,
    by: askedBy(state),
    avatar: avatar && (avatar.url ?? avatar.path),
    isAvatarTemporary: avatar !== null && avatar.url === null,
    user,
  };
}

export function profileFlow(
  flow: RunningFlow<ProfileSnapshot, UserProfileEvent>,
  platform: Pick<Platform, 'readUserInfo'>,
): ProfileFlow {
  return {
    ...flow,
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
function stateOf({ value }: SnapshotFrom<typeof userProfile>): string {
  if (typeof value === 'string') return value;
  if ('atRest' in value) return nameOf(value.atRest?.outcome);
  if ('finishing' in value) return nameOf(value.finishing?.work);
  return nameOf(value);
}

function askedBy(state: SnapshotFrom<typeof userProfile>): ProfileSnapshot['by'] {
  if (state.matches('form')) return 'form';
  if (!state.hasTag('askable')) return 'none';
  if (state.can({ type: 'PROFILE.ASKED' })) return 'tap';
  return state.context.way === 'getUserInfo' ? 'hostButton' : 'none';
}
