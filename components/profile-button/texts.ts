import type { Locale } from '../../ports/failure.js';

/** What the button says; each of them can be replaced. */
export interface ProfileButtonTexts {
  ask: string;
  busy: string;
  saved: string;
  /** The host's own button has signed the person in, and the server lets no client write profiles. */
  signedIn: string;
  retry: string;
  /** The button is ready now, and needs a tap of its own (G-03). */
  again: string;
  /** The host told a stand-in, so the form is open (W-08). */
  anonymous: string;
  /** Another way: to fill in the form. */
  fillIn: string;
}

export const texts: Record<Locale, ProfileButtonTexts> = {
  zh: {
    ask: '设置头像和昵称',
    busy: '请稍候…',
    saved: '已保存',
    signedIn: '登录成功',
    retry: '重试',
    again: '请再点一次',
    anonymous: '微信没有提供头像和昵称,请自己填写',
    fillIn: '自己填写',
  },
  en: {
    ask: 'Set my picture and name',
    busy: 'One moment…',
    saved: 'Saved',
    signedIn: 'Signed in',
    retry: 'Try again',
    again: 'Please tap once more.',
    anonymous: 'WeChat told neither name nor picture. Please fill them in.',
    fillIn: 'Fill in a form',
  },
};
