import type { OutcomeEvents } from '../details.js';
import type { ButtonLooks } from '../looks.js';
import type { PhoneButtonTexts } from './texts.js';

export interface PhoneButtonProperties extends ButtonLooks<PhoneButtonTexts> {
  /**
   * To sign in by the number, or to add or change that of whoever is signed in.
   *
   * @default 'signIn'
   */
  mode?: 'signIn' | 'update';
  /**
   * Whether signing in makes a user where there is none; left out or `null`, as `createAuth` has it, else `true` (G-18).
   *
   * @default null
   */
  createUser?: boolean | null;
  /**
   * Whether a user of the same person in another app counts as this one; left out or `null`, as `createAuth` has it,
   * else `false`.
   *
   * @default null
   */
  withUnionId?: boolean | null;
  /**
   * In the mode `update`: whether another number gives way; if not, `failure` says `phone-already-set`.
   *
   * @default true
   */
  overwrite?: boolean;
  /**
   * Whether the number is also checked to be in use, where the host can do so; it costs more (W-15).
   *
   * @default false
   */
  realtime?: boolean;
  /**
   * Whether the same tap asks for consent to the privacy guide, where the host can do so (G-14).
   *
   * @default false
   */
  coupled?: boolean;
  /**
   * Whether the app's terms are accepted: while they are not, a plain button says that they come first (G-16). Left out
   * or `null`, there are none.
   *
   * @default null
   */
  accepted?: boolean | null;
}

/** Of a success, `user` is who has the number now. */
export interface PhoneButtonEvents extends OutcomeEvents {}

export interface PhoneButton {
  properties: PhoneButtonProperties;
  events: PhoneButtonEvents;
  texts: PhoneButtonTexts;
  /** In the place of the text, with `customLabel`; and another way in, after a refusal (G-12). */
  slots: 'label' | 'other';
  externalClasses: 'denglu-class' | 'denglu-label-class' | 'denglu-hint-class';
  methods: Record<never, never>;
}
