import type { Locale } from 'denglu';

export const texts = {
  zh: {
    signedOut: '未登录',
    signedIn: '已登录',
    wait: '请稍候…',
    again: '请再点一次',
    phone: '手机号',
    signIn: '静默登录',
    phoneSignIn: '手机号快捷登录',
    ask: '向服务器提问:我是谁',
    answer: '服务器回答',
    signOut: '退出登录',
  },
  en: {
    signedOut: 'Signed out',
    signedIn: 'Signed in',
    wait: 'One moment…',
    again: 'Please tap once more.',
    phone: 'phone',
    signIn: 'Sign in silently',
    phoneSignIn: 'Sign in by phone',
    ask: 'Ask the server who I am',
    answer: 'The server says',
    signOut: 'Sign out',
  },
} satisfies Record<Locale, Record<string, string>>;
