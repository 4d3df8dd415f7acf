import type { Locale } from '../../ports/failure.js';

/** What the sheet says beside its parts; each of them can be replaced. */
export interface SignInSheetTexts {
  signInTitle: string;
  signInNote: string;
  /** Signs in without a phone number, where that was refused. */
  silent: string;
  /** Leads to the form for a name and a password. */
  password: string;
  /** What the step is called where an account is made, or linked; its form has titles of its own. */
  linkTitle: string;
  /** Leads from that form back to the buttons. */
  back: string;
  /** Whoever is signed in goes on without linking. */
  skipLink: string;
  profileTitle: string;
  profileNote: string;
  skipProfile: string;
  doneTitle: string;
  doneNote: string;
  finish: string;
  close: string;
}

export const texts: Record<Locale, SignInSheetTexts> = {
  zh: {
    signInTitle: '登录',
    signInNote: '登录后即可继续使用',
    silent: '不用手机号,直接登录',
    password: '用密码登录',
    linkTitle: '关联账号',
    back: '换一种方式登录',
    skipLink: '暂不关联',
    profileTitle: '完善资料',
    profileNote: '设置你的头像和昵称',
    skipProfile: '暂不设置',
    doneTitle: '登录成功',
    doneNote: '现在可以继续了',
    finish: '完成',
    close: '关闭',
  },
  en: {
    signInTitle: 'Sign in',
    signInNote: 'Sign in to go on.',
    silent: 'Sign in without a number',
    password: 'Use a password',
    linkTitle: 'Link your account',
    back: 'Sign in another way',
    skipLink: 'Not now',
    profileTitle: 'Your profile',
    profileNote: 'Choose a picture and a name.',
    skipProfile: 'Not now',
    doneTitle: 'Signed in',
    doneNote: 'You can go on now.',
    finish: 'Done',
    close: 'Close',
  },
};
