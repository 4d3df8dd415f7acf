import type { Locale } from '../ports/failure.js';
import { isPlatform, type Platform } from './phone/platforms.js';

export type Theme = 'light' | 'dark';

/** What the toolbar sets for every story. */
export interface Look {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly platform: Platform;
}

export function lookOf({ locale, theme, platform }: Readonly<Record<string, unknown>>): Look {
  return {
    locale: locale === 'en' ? 'en' : 'zh',
    theme: theme === 'dark' ? 'dark' : 'light',
    platform: isPlatform(platform) ? platform : 'ios',
  };
}

/** Puts a look on an element, where style sheets find it. */
export function wear(element: HTMLElement, { locale, theme, platform }: Look): void {
  element.lang = locale;
  element.dataset.theme = theme;
  element.dataset.platform = platform;
}
