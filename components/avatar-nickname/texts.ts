import type { Locale } from '../../ports/failure.js';

/** What the form says; each of them can be replaced. */
export interface AvatarNicknameTexts {
  /** Names the button of the picture. */
  choose: string;
  /** Names the input, and stands in it while it is empty. */
  nickname: string;
  submit: string;
  busy: string;
  saved: string;
  /** The host does not let this name pass (G-22). */
  rejected: string;
  /** There is neither a picture nor a name. */
  empty: string;
}

export const texts: Record<Locale, AvatarNicknameTexts> = {
  zh: {
    choose: '选择头像',
    nickname: '请输入昵称',
    submit: '保存',
    busy: '正在保存…',
    saved: '已保存',
    rejected: '该昵称未通过微信审核,请换一个',
    empty: '请选择头像或填写昵称',
  },
  en: {
    choose: 'Choose a picture',
    nickname: 'Your name',
    submit: 'Save',
    busy: 'Saving…',
    saved: 'Saved',
    rejected: 'WeChat does not accept this name. Please choose another.',
    empty: 'Please choose a picture or enter a name.',
  },
};
