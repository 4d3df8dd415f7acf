import type { LoginName } from '../../ports/account.js';
import type { User } from '../../ports/backend.js';
import type { FailureDetail, FlowDetail } from '../details.js';
import type { Looks } from '../looks.js';
import type { LinkAccountTexts } from './texts.js';

export interface LinkAccountProperties extends Looks<LinkAccountTexts> {
  /**
   * What the form is for at first. The person may change it.
   *
   * @default 'register'
   */
  mode?: 'register' | 'signIn';
  /**
   * What the form asks for; empty for any of them, told by its shape.
   *
   * @default ''
   */
  by?: LoginName | '';
  /**
   * Whether a user of the same person in another app counts as this one; left out or `null`, `false`.
   *
   * @default null
   */
  withUnionId?: boolean | null;
}

/** None of them carries what was typed (G-23). */
export interface LinkAccountEvents {
  /** The host account is linked; `alreadyLinked` where it was so before (G-19). */
  success: { user: User; alreadyLinked: boolean };
  /** An attempt came to nothing. */
  failure: FailureDetail;
  /** The flow went on. */
  change: FlowDetail;
}

export interface LinkAccount {
  properties: LinkAccountProperties;
  events: LinkAccountEvents;
  texts: LinkAccountTexts;
  /** Above the form's button; and below the last word. */
  slots: 'terms' | 'done';
  externalClasses: 'denglu-class' | 'denglu-input-class' | 'denglu-button-class' | 'denglu-hint-class';
  methods: Record<never, never>;
}
