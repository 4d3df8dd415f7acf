import type { Looks } from '../looks.js';
import type { AgreementTexts } from './texts.js';

export interface AgreementProperties extends Looks<AgreementTexts> {
  /**
   * Whether the terms are accepted; a tap changes it, also for `model:accepted`.
   *
   * @default false
   */
  accepted?: boolean;
  /**
   * Whether somebody wanted to go on without accepting: a hint then says so (G-16).
   *
   * @default false
   */
  missing?: boolean;
  /**
   * Whether the slot `links` names the terms.
   *
   * @default false
   */
  customLinks?: boolean;
}

export interface AgreementEvents {
  /** A tap has accepted the terms, or taken that back. */
  change: { accepted: boolean };
}

export interface Agreement {
  properties: AgreementProperties;
  events: AgreementEvents;
  texts: AgreementTexts;
  /** Names the terms, with `customLinks`; a tap there accepts nothing. */
  slots: 'links';
  externalClasses: 'denglu-class' | 'denglu-label-class' | 'denglu-hint-class';
  methods: Record<never, never>;
}
