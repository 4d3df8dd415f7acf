import type { ProfileSync } from '../../ports/profile.js';
import type { OutcomeEvents } from '../details.js';
import type { Looks } from '../looks.js';
import type { AvatarNicknameTexts } from './texts.js';

export interface AvatarNicknameProperties extends Looks<AvatarNicknameTexts> {
  /**
   * What may be replaced; left out or `null`, `overwrite`.
   *
   * @default null
   */
  sync?: ProfileSync | null;
}

export interface AvatarNicknameEvents extends OutcomeEvents {}

export interface AvatarNickname {
  properties: AvatarNicknameProperties;
  events: AvatarNicknameEvents;
  texts: AvatarNicknameTexts;
  slots: never;
  externalClasses: 'denglu-class' | 'denglu-avatar-class' | 'denglu-input-class' | 'denglu-hint-class';
  methods: Record<never, never>;
}
