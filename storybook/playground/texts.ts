import type { Locale } from '../../ports/failure.js';

const texts = {
  somebody: { en: 'WeChat user', zh: '微信用户' },
  nobody: { en: 'Not signed in', zh: '未登录' },
  initial: { en: 'W', zh: '微' },
  load: { en: 'Ask the server who I am', zh: '向服务器查询我的账号' },
  signOut: { en: 'Sign out', zh: '退出登录' },
  welcome: { en: 'It is done.', zh: '操作成功' },
  desc: { en: 'To show to others', zh: '用于展示' },
  members: { en: 'Only signed-in users see this.', zh: '这里是登录后才能看到的内容' },
  pending: { en: 'One moment…', zh: '请稍候…' },

  close: { en: 'Close', zh: '关闭' },
  allow: { en: 'Allow', zh: '允许' },
  refuse: { en: 'Reject', zh: '拒绝' },
  asksPhone: { en: 'Asks for your phone number', zh: '申请获取你的手机号' },
  otherNumber: { en: 'Use another number', zh: '使用其他号码' },
  asksProfile: { en: 'Asks for your nickname and avatar', zh: '申请获取你的昵称、头像' },
  asksAvatar: { en: 'Choose a picture', zh: '选择头像图片' },
  ownPicture: { en: 'My WeChat avatar', zh: '用微信头像' },
  album: { en: 'From the album', zh: '从相册选择' },
  badPicture: { en: 'One that WeChat rejects', zh: '微信审核不通过的图片' },
  asksPrivacy: { en: 'Asks you to agree to its privacy guide', zh: '申请你同意其隐私保护指引' },

  loaded: { en: 'The server says: ', zh: '服务器回答:' },

  log: { en: 'Events, newest first', zh: '事件(最新在前)' },

  phone: { en: 'Phone', zh: '手机' },
  person: { en: 'Person', zh: '使用者' },
  age: { en: 'How old it is', zh: '新旧' },
  modern: { en: 'of today', zh: '当前版本' },
  before2022: { en: 'of early 2022: getUserProfile', zh: '2022 年初:getUserProfile' },
  before2021: { en: 'of 2020: getUserInfo', zh: '2020 年:getUserInfo' },
  newPhone: { en: 'New phone', zh: '换新手机' },
  nicknames: { en: 'Nicknames', zh: '昵称审核' },
  namesPass: { en: 'WeChat lets names pass', zh: '昵称审核:通过' },
  namesRejected: { en: 'WeChat rejects names', zh: '昵称审核:不通过' },
  namesTimeOut: { en: 'the review of names times out', zh: '昵称审核:超时' },
  restart: { en: 'Cold restart', zh: '冷启动' },
  hide: { en: 'To background', zh: '切到后台' },
  show: { en: 'To foreground', zh: '回到前台' },
  network: { en: 'Network', zh: '网络' },
  createUser: { en: 'Create an account if there is none', zh: '没有账号时自动注册' },

  api: { en: 'Which', zh: '哪一个' },
  fault: { en: 'What happens', zh: '会怎样' },
  hostCalls: { en: 'Next call of the host', zh: '宿主的下一次调用' },
  slow: { en: 'takes 3 s', zh: '延迟 3 秒' },
  late: { en: 'answers after 12 s', zh: '12 秒后才回答' },
  hang: { en: 'never answers', zh: '永不回答' },
  unreachable: { en: 'fails: no network', zh: '失败:无网络' },
  limited: { en: 'fails: 45009', zh: '失败:45009' },
  failing: { en: 'fails: unknown reason', zh: '失败:未知原因' },
  emptyCode: { en: 'succeeds with an empty code', zh: '成功但 code 为空' },
  arm: { en: 'Set', zh: '设置' },
  release: { en: 'Answer what hangs', zh: '放行挂起的调用' },

  cloud: { en: 'WeChat’s cloud', zh: '微信云端' },
  expire: { en: 'Expire the host session', zh: '使宿主会话过期' },
  blocked: { en: 'Block this person', zh: '封禁该使用者' },
  phones: { en: 'Phone numbers', zh: '手机号能力' },
  phonesFree: { en: 'may be asked for', zh: '可用' },
  phonesUndeclared: { en: '112 not in the privacy guide', zh: '112 隐私指引未声明' },
  phonesForbidden: { en: '102 no permission', zh: '102 无权限' },
  phonesUnverified: { en: 'app not verified', zh: '小程序未认证' },
  phonesUsedUp: { en: '1400001 quota used up', zh: '1400001 次数用尽' },
  openApi: { en: 'Next call of the open API', zh: '开放接口的下一次调用' },
  busy: { en: '-1 busy', zh: '-1 系统繁忙' },
  quota: { en: '45011 rate limit', zh: '45011 频率限制' },
  invalid: { en: '40029 invalid code', zh: '40029 code 无效' },
  down: { en: '502 down', zh: '502 不可用' },
  nonsense: { en: 'answers nonsense', zh: '回答乱码' },

  server: { en: 'Our server', zh: '我们的服务器' },
  revoke: { en: 'Revoke the token', zh: '吊销令牌' },
  revoked: { en: 'Revoked; the next request notices.', zh: '已吊销,下一次请求时会发现' },
  noToken: { en: 'There is no token.', zh: '没有令牌' },

  done: { en: 'Done.', zh: '完成' },
} satisfies Record<string, Record<Locale, string>>;

export type TextName = keyof typeof texts;

/** Says a text in one language. */
export type Say = (name: TextName) => string;

export function speaker(locale: Locale): Say {
  return (name) => texts[name][locale];
}
