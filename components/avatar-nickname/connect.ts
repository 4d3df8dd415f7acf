import type { ProfileSnapshot } from '../../machines/profile-flow.js';
import { failureText, type Locale } from '../../ports/failure.js';
import { type AvatarNicknameTexts, texts } from './texts.js';

export interface AvatarNicknameProps {
  disabled: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<AvatarNicknameTexts> | null;
  /** The picture that the user has. */
  avatar: string;
  /** What the input begins with. */
  nickname: string;
  /** Whether the host can choose a picture (W-11). */
  canChoose: boolean;
}

/** Plain data for the template. */
export interface AvatarNicknameView {
  /** The picture that was chosen, else the one that the user has; empty where there is none. */
  avatar: string;
  nickname: string;
  canChoose: boolean;
  choose: string;
  placeholder: string;
  label: string;
  /** Why nothing was saved; empty where there is nothing to say. */
  hint: string;
  busy: boolean;
  disabled: boolean;
}

/**
 * What the form shows.
 *
 * @param snapshot the flow as it stands; `null` where no auth was created
 */
export function connect(
  snapshot: ProfileSnapshot | null,
  props: AvatarNicknameProps,
  locale: Locale,
): AvatarNicknameView {
  const text = (name: keyof AvatarNicknameTexts) => props.texts?.[name] || texts[locale][name];
  const busy = snapshot?.busy === true;
  return {
    avatar: snapshot?.avatar || props.avatar,
    nickname: props.nickname,
    canChoose: props.canChoose,
    choose: text('choose'),
    placeholder: text('nickname'),
    label: text(busy ? 'busy' : snapshot?.state === 'saved' ? 'saved' : 'submit'),
    hint: busy ? '' : hintOf(snapshot, text, locale),
    busy,
    disabled: props.disabled,
  };
}

function hintOf(
  snapshot: ProfileSnapshot | null,
  text: (name: keyof AvatarNicknameTexts) => string,
  locale: Locale,
): string {
  if (!snapshot) return failureText('misconfigured', locale);
  const { state, failure } = snapshot;
  if (state === 'nicknameRejected') return text('rejected');
  if (state === 'empty') return text('empty');
  return failure && failure.kind !== 'cancelled' ? failureText(failure.kind, locale) : '';
}
