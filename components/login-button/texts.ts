import type { Locale } from '../../ports/failure.js';

/** What the button says; each of them can be replaced. */
export interface LoginButtonTexts {
  signIn: string;
  signingIn: string;
  signedIn: string;
  signingOut: string;
  retry: string;
  /** The terms have to be accepted first (G-16). */
  terms: string;
}

export const texts: Record<Locale, LoginButtonTexts> = {
  zh: {
    signIn: '登录',
    signingIn: '正在登录…',
    signedIn: '已登录',
    signingOut: '正在退出…',
    retry: '重试',
    terms: '请先阅读并同意用户协议',
  },
  en: {
    signIn: 'Sign in',
    signingIn: 'Signing in…',
    signedIn: 'Signed in',
    signingOut: 'Signing out…',
    retry: 'Try again',
    terms: 'Please accept the terms first.',
  },
};
