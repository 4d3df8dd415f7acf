import type { Locale } from '../../ports/failure.js';

/** What the popup says; each of them can be replaced. */
export interface PrivacyPopupTexts {
  title: string;
  /** Stands before the guide's name. */
  before: string;
  /** Stands after the guide's name. */
  after: string;
  agree: string;
  refuse: string;
}

export const texts: Record<Locale, PrivacyPopupTexts> = {
  zh: {
    title: '隐私保护提示',
    before: '在使用本功能之前,请仔细阅读',
    after: '。如你同意该指引,请点击“同意”继续使用。',
    agree: '同意',
    refuse: '不同意',
  },
  en: {
    title: 'Your privacy',
    before: 'Before you go on, please read ',
    after: '. If you agree to it, tap “Agree” to continue.',
    agree: 'Agree',
    refuse: 'Do not agree',
  },
};
