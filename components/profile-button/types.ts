import type { ProfileSync, ProfileWay } from '../../ports/profile.js';
import type { AvatarNicknameTexts } from '../avatar-nickname/texts.js';
import type { OutcomeEvents } from '../details.js';
import type { ButtonLooks } from '../looks.js';
import type { ProfileButtonTexts } from './texts.js';

export interface ProfileButtonProperties extends ButtonLooks<ProfileButtonTexts> {
  /**
   * What the profile is for, at most 30 characters: the host shows it (W-06).
   *
   * @default ''
   */
  desc?: string;
  /**
   * Which way to take where the host has several; empty for the best.
   *
   * @default ''
   */
  way?: ProfileWay | '';
  /**
   * What may be replaced; left out or `null`, `setnx` for what the host tells and `overwrite` for what a person fills in.
   *
   * @default null
   */
  sync?: ProfileSync | null;
  /**
   * Whether a yes to the host's own button makes a user where nobody is signed in and there is none; left out or `null`,
   * as `createAuth` has it, else `true` (B-05, G-18).
   *
   * @default null
   */
  createUser?: boolean | null;
  /**
   * Whether, signing in, a user of the same person in another app counts; left out or `null`, as `createAuth` has it,
   * else `false`.
   *
   * @default null
   */
  withUnionId?: boolean | null;
  /**
   * Replacements for single texts of the form that it opens.
   *
   * @default {}
   */
  formTexts?: Partial<AvatarNicknameTexts>;
  /**
   * Whether the slot `form` takes the place of that form; `closeForm()` brings the button back.
   *
   * @default false
   */
  customForm?: boolean;
}

/** Of the form that it opens, successes and failures are told too. */
export interface ProfileButtonEvents extends OutcomeEvents {}

/** What `selectComponent` gives. */
export interface ProfileButtonMethods {
  /** Brings the button back; what was filled in and not saved is forgotten. */
  closeForm(): void;
}

export interface ProfileButton {
  properties: ProfileButtonProperties;
  events: ProfileButtonEvents;
  texts: ProfileButtonTexts;
  /** In the place of the text, with `customLabel`; in the place of the form, with `customForm`. */
  slots: 'label' | 'form';
  externalClasses: 'denglu-class' | 'denglu-label-class' | 'denglu-hint-class' | 'denglu-link-class';
  methods: ProfileButtonMethods;
}
