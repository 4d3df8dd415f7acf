import type { Locale } from '../../ports/failure.js';

/** What became of two old ways to a profile (W-08, W-18), and what to use instead. */
export const texts = {
  shows: { en: 'What it shows today', zh: '现在显示什么' },
  became: { en: 'What became of it', zh: '它怎么了' },
  instead: { en: 'Use instead', zh: '请改用' },
  button: { en: 'Get my profile', zh: '获取头像昵称' },
  openData: {
    en: 'Once it drew the name and picture of whoever looked at the page, without telling the app. Since 21 February 2022 everybody sees a grey picture and 微信用户.',
    zh: '过去不经应用就能在页面上显示用户的头像和昵称。自 2022 年 2 月 21 日起,所有人看到的都是灰色头像和“微信用户”。',
  },
  openDataInstead: {
    en: '<avatar-nickname>: the person chooses a picture and a name; then show what your server keeps.',
    zh: '<avatar-nickname>:由用户选择头像、填写昵称,再显示服务端保存的资料。',
  },
  getUserInfo: {
    en: 'Once it asked for the profile in a sheet. Apps published after 28 April 2021 are not asked for and get 微信用户 with a grey picture: tap it and see.',
    zh: '过去会弹窗请求用户资料。2021 年 4 月 28 日之后发布的版本不再弹窗,只会得到“微信用户”和灰色头像:点一下试试。',
  },
  getUserInfoInstead: {
    en: '<profile-button>: it takes the best way that the host has, this one on old hosts, and the form on new ones.',
    zh: '<profile-button>:自动选择平台最好的方式,旧版本仍用此按钮,新版本改用表单。',
  },
} satisfies Record<string, Record<Locale, string>>;
