import type { Refusable } from './rig.js';

type Payload = Readonly<Record<string, unknown>>;

/** All that hosts are known to say of one member. */
type Sayings = (api: string) => readonly Payload[];

/** W-03, W-14, B-04: numbers that come with anything. */
const ERR_CODES = [-1, 201, 202, 1001, 10001, 10002, 10003, 10004, '10004', 10005, 10007, 45009, 45011];

/** W-09, W-14, B-04, B-06, in the words of each system. */
const WORDS = [
  'ok',
  'fail',
  'fail timeout',
  'fail 请求超时',
  'fail auth deny',
  'fail:user deny',
  'fail user cancel',
  'fail abort',
  'fail system error',
  'fail system deny',
  'fail no permission',
  'fail network error',
  'fail net::ERR_NAME_NOT_RESOLVED',
  'fail 未能连接到服务器。',
  'fail parameter error',
  'fail user not login',
  'fail not supported',
  'fail is not a function',
  'fail exceed max task count',
  'fail can only be invoked by user TAP gesture.',
];

const errno = (...numbers: readonly number[]): Payload[] => numbers.map((number) => ({ errno: number }));

const anything: Sayings = (api) => [
  {},
  { errMsg: '' },
  ...errno(5, 102),
  ...ERR_CODES.map((errCode) => ({ errCode })),
  ...WORDS.map((words) => ({ errMsg: `${api}:${words}` })),
];

/** W-14: what the host's own network says, and what a request says of its own. */
const NETWORK = errno(...Array.from({ length: 12 }, (_, n) => 600_000 + n));

const sending: Sayings = (api) => [
  ...anything(api),
  ...NETWORK,
  { errMsg: `${api}:fail url not in domain list` },
  { errMsg: `${api}:fail file doesn't exist` },
  { errCode: 1001, errMsg: '执行失败' },
];

/** W-14, W-16: the privacy guide stands between. */
const asking: Sayings = (api) => [
  ...anything(api),
  ...errno(103, 104, 112, 1025, 1026),
  { errMsg: `${api}:fail appid privacy api banned` },
  { errMsg: `${api}:fail privacy permission is not authorized` },
];

/** What each member may hear of its host, whichever it is. */
export const said: { readonly [M in Refusable]: Sayings } = {
  login: anything,
  checkSession: anything,
  request: sending,
  upload: sending,
  readPhone: (api) => [
    ...asking(api),
    ...NETWORK,
    ...errno(1400001),
    { errMsg: `${api}:fail the user needs to be verified` },
  ],
  getUserProfile: asking,
  getUserInfo: asking,
  readUserInfo: asking,
  isUserInfoAllowed: anything,
  getPrivacySetting: anything,
  openPrivacyContract: anything,
};
