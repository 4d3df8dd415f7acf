import type { Locale } from '../../ports/failure.js';
import { type AgreementTexts, texts } from './texts.js';

export interface AgreementProps {
  accepted: boolean;
  /** Whether somebody wanted to go on without accepting. */
  missing: boolean;
  disabled: boolean;
  /** Whether the slot `links` names the terms. */
  customLinks: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<AgreementTexts> | null;
}

/** Plain data for the template. */
export interface AgreementView {
  label: string;
  /** What is accepted; empty where the slot says it. */
  terms: string;
  /** What screen readers say of the checkbox. */
  name: string;
  /** That the terms have to be accepted first; empty where there is nothing to say. */
  hint: string;
  accepted: boolean;
  disabled: boolean;
}

/** What the agreement shows. */
export function connect(props: AgreementProps, locale: Locale): AgreementView {
  const { accepted, missing, disabled, customLinks } = props;
  const text = (name: keyof AgreementTexts) => props.texts?.[name] || texts[locale][name];
  const label = text('accept');
  return {
    label,
    terms: customLinks ? '' : text('terms'),
    name: `${label}${locale === 'en' ? ' ' : ''}${text('terms')}`,
    hint: missing && !accepted ? text('missing') : '',
    accepted,
    disabled,
  };
}
