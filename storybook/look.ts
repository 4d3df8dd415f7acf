import type { Locale } from '../ports/failure.js';
import type { Theme } from './phone/phone.js';

/** What the toolbar sets for every story. */
export interface Look {
  readonly locale: Locale;
  readonly theme: Theme;
}

export function lookOf({ locale, theme }: Readonly<Record<string, unknown>>): Look {
  return { locale: locale === 'en' ? 'en' : 'zh', theme: theme === 'dark' ? 'dark' : 'light' };
}
