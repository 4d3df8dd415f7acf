import { locale } from './locale';

const zh = {
  home: {
    title: '登录示例',
    hello: '你好',
    stranger: '还没有昵称的你',
    invitation: '登录后查看你的订单和账号。',
    other: '注册,或用手机号登录',
    pending: '请稍候…',
    orders: '我的订单',
    account: '我的账号',
  },
  signIn: {
    title: '登录',
    invitation: '用手机号登录;还没有账号时,会为你创建。',
    privacy: '手机号只用于登录。',
    or: '已经来过?',
    silent: '微信一键登录',
    byPassword: '用户名和密码登录',
  },
  link: {
    title: '关联账号',
    invitation: '用你在别处的账号登录,并关联这个微信号。',
    consent: '继续即表示同意用户协议。',
    done: '完成',
  },
  account: {
    title: '我的账号',
    profile: '头像和昵称',
    profileUse: '用于展示你的个人主页',
    phone: '手机号',
    phoneKnown: '已绑定',
    phoneUnknown: '未绑定',
    settings: '在别处登录',
    username: '用户名',
    currentPassword: '当前密码(如果有)',
    password: '新密码',
    save: '保存',
    saving: '请稍候…',
    saved: '已保存',
    signOut: '退出登录',
    signedOut: '请先登录。',
    signIn: '去登录',
  },
  orders: {
    title: '我的订单',
    loading: '请稍候…',
    none: '还没有订单。',
    retry: '重试',
    refused: '服务端没有给出订单,请稍后再试。',
  },
};

/** @type {typeof zh} */
const en = {
  home: {
    title: 'Sign-in example',
    hello: 'Hello',
    stranger: 'you without a name',
    invitation: 'Sign in to see your orders and your account.',
    other: 'Sign up, or sign in by phone',
    pending: 'One moment…',
    orders: 'My orders',
    account: 'My account',
  },
  signIn: {
    title: 'Sign in',
    invitation: 'Sign in by your phone number. If you have no account yet, it makes one.',
    privacy: 'Your number is for signing in only.',
    or: 'Been here before?',
    silent: 'Sign in with WeChat',
    byPassword: 'By username and password',
  },
  link: {
    title: 'Link an account',
    invitation: 'Sign in to the account that you have elsewhere, and link this WeChat account to it.',
    consent: 'By going on you accept the terms of use.',
    done: 'Done',
  },
  account: {
    title: 'My account',
    profile: 'Picture and name',
    profileUse: 'To be shown on your own page',
    phone: 'Phone number',
    phoneKnown: 'added',
    phoneUnknown: 'not added',
    settings: 'Sign in elsewhere',
    username: 'Username',
    currentPassword: 'Current password, if there is one',
    password: 'New password',
    save: 'Save',
    saving: 'One moment…',
    saved: 'Saved',
    signOut: 'Sign out',
    signedOut: 'Please sign in first.',
    signIn: 'Sign in',
  },
  orders: {
    title: 'My orders',
    loading: 'One moment…',
    none: 'No orders yet.',
    retry: 'Try again',
    refused: 'The server gave no orders. Please try again later.',
  },
};

/** What this app says, page by page. What denglu's components say is their own, and can be replaced too. */
export const texts = { zh, en }[locale];
