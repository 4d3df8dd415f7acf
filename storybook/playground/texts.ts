import type { Locale } from '../../ports/failure.js';

const texts = {
  somebody: { en: 'WeChat user', zh: '微信用户' },
  nobody: { en: 'Not signed in', zh: '未登录' },
  initial: { en: 'W', zh: '微' },
  load: { en: 'Ask the server who I am', zh: '向服务器查询我的账号' },
  signOut: { en: 'Sign out', zh: '退出登录' },
  welcome: { en: 'Signed in.', zh: '登录成功' },
  loaded: { en: 'The server says: ', zh: '服务器回答:' },

  log: { en: 'Events, newest first', zh: '事件(最新在前)' },

  phone: { en: 'Phone', zh: '手机' },
  person: { en: 'Person', zh: '使用者' },
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
