import type { AuthStatus } from '../../machines/auth-status.js';
import type { User } from '../../ports/backend.js';
import type { FailureDetail } from '../details.js';
import type { ButtonLooks } from '../looks.js';
import type { LoginButtonTexts } from './texts.js';

export interface LoginButtonProperties extends ButtonLooks<LoginButtonTexts> {
  /**
   * Whether a tap makes a user where there is none; left out or `null`, as `createAuth` has it, else `true` (G-18).
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
   * Whether the app's terms are accepted; left out or `null`, there are none. A tap before says that they come first
   * (G-16).
   *
   * @default null
   */
  accepted?: boolean | null;
  /**
   * Whether a failure that is older than this button is left unsaid.
   *
   * @default false
   */
  fresh?: boolean;
}

export interface LoginButtonEvents {
  /** A tap has signed somebody in. */
  success: { user: User };
  /** A tap has signed nobody in. */
  failure: FailureDetail;
  /** The session went on, whoever has begun that. */
  change: { status: AuthStatus; user: User | null };
}

export interface LoginButton {
  properties: LoginButtonProperties;
  events: LoginButtonEvents;
  texts: LoginButtonTexts;
  slots: 'label';
  externalClasses: 'denglu-class' | 'denglu-label-class' | 'denglu-hint-class';
  methods: Record<never, never>;
}
