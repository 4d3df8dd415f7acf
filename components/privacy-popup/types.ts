import type { Looks } from '../looks.js';
import type { PrivacyPopupTexts } from './texts.js';

/** The guide itself, and its name, are as the host has them. */
export interface PrivacyPopupProperties extends Omit<Looks<PrivacyPopupTexts>, 'disabled'> {}

export interface PrivacyPopupEvents {
  /** The question came up, or went. */
  change: { asking: boolean };
  /** The person agrees to the guide. */
  agree: Record<never, never>;
  /** The person does not agree to it. */
  refuse: Record<never, never>;
}

export interface PrivacyPopup {
  properties: PrivacyPopupProperties;
  events: PrivacyPopupEvents;
  texts: PrivacyPopupTexts;
  /** Between the text and the buttons. */
  slots: 'details';
  externalClasses: 'denglu-class' | 'denglu-agree-class' | 'denglu-refuse-class';
  methods: Record<never, never>;
}
