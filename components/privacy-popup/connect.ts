import type { PrivacySnapshot } from '../../machines/auth-privacy.js';
import type { Locale } from '../../ports/failure.js';
import { type PrivacyPopupTexts, texts } from './texts.js';

export interface PrivacyPopupProps {
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<PrivacyPopupTexts> | null;
}

/** Where the popup is. */
export interface PrivacyPopupPlace {
  /** Whether its page can be seen. */
  isShown: boolean;
  /** Whether it is drawn already. */
  isDrawn: boolean;
}

/** Plain data for the template. */
export interface PrivacyPopupView extends PrivacyPopupTexts {
  asking: boolean;
  /** What the guide is called. */
  name: string;
}

/**
 * What the popup shows.
 *
 * @param snapshot what the person is asked; `null` where no auth was created
 * @param place a question comes up on the visible page only; one that is drawn stays while the guide covers the page
 */
export function connect(
  snapshot: PrivacySnapshot | null,
  props: PrivacyPopupProps,
  { isShown, isDrawn }: PrivacyPopupPlace,
  locale: Locale,
): PrivacyPopupView {
  const text = (name: keyof PrivacyPopupTexts) => props.texts?.[name] || texts[locale][name];
  return {
    asking: snapshot?.isAsking === true && (isShown || isDrawn),
    name: snapshot?.contractName ?? '',
    title: text('title'),
    before: text('before'),
    after: text('after'),
    agree: text('agree'),
    refuse: text('refuse'),
  };
}
