import type { Locale } from '../../ports/failure.js';

/** What the agreement says; each of them can be replaced. */
export interface AgreementTexts {
  /** What the checkbox is for; the names of the terms follow it. */
  accept: string;
  /** What is accepted, where the slot `links` names nothing better. */
  terms: string;
  /** Somebody wanted to go on without accepting (G-16). */
  missing: string;
}

export const texts: Record<Locale, AgreementTexts> = {
  zh: { accept: '我已阅读并同意', terms: '用户协议和隐私政策', missing: '请先阅读并同意用户协议' },
  en: {
    accept: 'I have read and accept',
    terms: 'the terms of use and the privacy policy',
    missing: 'Please accept the terms first',
  },
};
