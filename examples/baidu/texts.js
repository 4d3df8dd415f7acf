const zh = {
  home: {
    hello: '你好',
    stranger: '还没有昵称的你',
    invitation: '登录后查看你的账号。',
    open: '登录或注册',
    other: '更多登录方式',
    pending: '请稍候…',
    account: '我的账号',
  },
  signIn: {
    invitation: '用手机号登录;还没有账号时,会为你创建。',
    or: '已经来过?',
    byPassword: '用户名和密码登录',
  },
  link: {
    invitation: '用你在别处的账号登录,并关联这个百度账号。',
    consent: '继续即表示同意用户协议。',
    done: '完成',
  },
  account: {
    profile: '头像和昵称',
    profileUse: '用于展示你的头像和昵称',
    name: '只改昵称',
    phone: '手机号',
    phoneKnown: '已绑定',
    phoneUnknown: '未绑定',
    signedOut: '还没有登录。',
    signIn: '去登录',
    signOut: '退出登录',
  },
};

const en = {
  home: {
    hello: 'Hello',
    stranger: 'you without a name',
    invitation: 'Sign in to see your account.',
    open: 'Sign in or register',
    other: 'More ways to sign in',
    pending: 'One moment…',
    account: 'My account',
  },
  signIn: {
    invitation: 'Sign in by phone. Who has no account yet gets one.',
    or: 'Been here before?',
    byPassword: 'By username and password',
  },
  link: {
    invitation: 'Sign in to the account that you have elsewhere, and link this Baidu account.',
    consent: 'By going on you accept the terms.',
    done: 'Done',
  },
  account: {
    profile: 'Picture and name',
    profileUse: 'To show your picture and name',
    name: 'Change the name alone',
    phone: 'Phone number',
    phoneKnown: 'added',
    phoneUnknown: 'not added',
    signedOut: 'You are not signed in.',
    signIn: 'Sign in',
    signOut: 'Sign out',
  },
};

const { language } = swan.getSystemInfoSync();

/** In the language of the host: Chinese, or else English. */
exports.texts = !language || /^zh/i.test(language) ? zh : en;
