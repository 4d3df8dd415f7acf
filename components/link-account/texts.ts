import type { Locale } from '../../ports/failure.js';

/** What the component says; each of them can be replaced. */
export interface LinkAccountTexts {
  registerTitle: string;
  signInTitle: string;
  linkTitle: string;
  /** The same three titles where there is no host account to link (K-03). */
  plainRegisterTitle: string;
  plainSignInTitle: string;
  signedInTitle: string;
  signedIn: string;
  /** What to type, by what the page asks for; `anyName` where it may be any of the three. */
  anyName: string;
  username: string;
  email: string;
  phone: string;
  password: string;
  /** Something was left empty. */
  incomplete: string;
  register: string;
  signIn: string;
  /** Leads from registering to signing in. */
  toSignIn: string;
  /** Leads from signing in to registering. */
  toRegister: string;
  linkNote: string;
  link: string;
  retry: string;
  busy: string;
  cancel: string;
  /** The user has another account of this host (G-19). */
  occupied: string;
  overwrite: string;
  keep: string;
  /** Another user has this host account (G-19). */
  linkedElsewhere: string;
  linked: string;
  /** It was the user's before (G-19). */
  alreadyLinked: string;
}

export const texts: Record<Locale, LinkAccountTexts> = {
  zh: {
    registerTitle: '注册并关联',
    signInTitle: '登录并关联',
    linkTitle: '关联账号',
    plainRegisterTitle: '注册账号',
    plainSignInTitle: '登录账号',
    signedInTitle: '登录成功',
    signedIn: '下次在此浏览器中打开,仍保持登录',
    anyName: '用户名、邮箱或手机号',
    username: '用户名',
    email: '邮箱',
    phone: '手机号',
    password: '密码',
    incomplete: '请输入账号和密码',
    register: '注册',
    signIn: '登录',
    toSignIn: '已有账号,去登录',
    toRegister: '没有账号,去注册',
    linkNote: '关联后,下次打开即可自动登录',
    link: '关联',
    retry: '重试',
    busy: '请稍候…',
    cancel: '取消',
    occupied: '你的账号已关联另一个平台账号。是否改为关联当前的平台账号?',
    overwrite: '改为当前账号',
    keep: '保持不变',
    linkedElsewhere: '当前平台账号已关联到其他用户。请先在该用户中解除关联,再重试',
    linked: '已关联,下次打开即可自动登录',
    alreadyLinked: '之前已经关联过了',
  },
  en: {
    registerTitle: 'Create an account',
    signInTitle: 'Sign in to your account',
    linkTitle: 'Link your account',
    plainRegisterTitle: 'Create an account',
    plainSignInTitle: 'Sign in to your account',
    signedInTitle: 'You are signed in',
    signedIn: 'You stay signed in when you open this page again in this browser.',
    anyName: 'Username, email or phone',
    username: 'Username',
    email: 'Email',
    phone: 'Phone',
    password: 'Password',
    incomplete: 'Please enter a name and a password',
    register: 'Sign up',
    signIn: 'Sign in',
    toSignIn: 'I have an account',
    toRegister: 'I have no account yet',
    linkNote: 'Once linked, you are signed in whenever you open this app.',
    link: 'Link',
    retry: 'Try again',
    busy: 'One moment…',
    cancel: 'Cancel',
    occupied: 'You have linked another account of this host. Shall this one take its place?',
    overwrite: 'Use this one',
    keep: 'Leave it',
    linkedElsewhere: 'This host account is linked to another user. Unlink it there first, then try again.',
    linked: 'Linked. From now on you are signed in whenever you open this app.',
    alreadyLinked: 'This was linked before.',
  },
};
