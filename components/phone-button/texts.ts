import type { Locale } from '../../ports/failure.js';

/** What the button says; each of them can be replaced. */
export interface PhoneButtonTexts {
  /** An invitation to sign in. */
  signIn: string;
  /** An invitation to add or change the number. */
  update: string;
  /** The answer is with the server. */
  busy: string;
  succeeded: string;
  retry: string;
  /** The terms have to be accepted first (G-16). */
  terms: string;
  /** The button is ready now, and needs a tap of its own (G-03). */
  again: string;
}

export const texts: Record<Locale, PhoneButtonTexts> = {
  zh: {
    signIn: '手机号快捷登录',
    update: '绑定手机号',
    busy: '请稍候…',
    succeeded: '已完成',
    retry: '重试',
    terms: '请先阅读并同意用户协议',
    again: '请再点一次',
  },
  en: {
    signIn: 'Sign in by phone',
    update: 'Add my phone number',
    busy: 'One moment…',
    succeeded: 'Done',
    retry: 'Try again',
    terms: 'Please accept the terms first.',
    again: 'Please tap once more.',
  },
};
