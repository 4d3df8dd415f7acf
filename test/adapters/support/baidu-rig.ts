import { baidu } from '../../../adapters/baidu.js';
import { isAtLeast } from '../../../adapters/host/versions.js';
import {
  type BaiduDevice,
  type BaiduDeviceOptions,
  type ButtonEvent,
  createBaiduDevice,
  createWorld,
  type SwanApi,
  type SwanCallName,
  seededRandom,
  type VirtualClock,
} from '../../../simulator/index.js';
import { failureKinds, type Impossible } from '../conformance/cells.js';
import {
  BROKEN,
  type Cell,
  type HostButton,
  LATE,
  type PlatformRig,
  type Refusable,
  SOON,
} from '../platform-conformance.js';

export const BAIDU_APP = { appKey: 'conformance-app-key', appSecret: 'conformance-secret' };

/** As it comes, nothing goes wrong. */
const asItIs = () => {};

const fails =
  (api: SwanCallName, fail: Readonly<Record<string, unknown>>) =>
  ({ faults }: BaiduDevice) =>
    faults.next(api, { fail });

const breaks =
  (...apis: SwanApi[]) =>
  ({ faults }: BaiduDevice) => {
    for (const api of apis) faults.always(api, { throw: BROKEN });
  };

/** As on a base library that is older than the API. */
const lacks =
  (...apis: SwanApi[]) =>
  ({ swan }: BaiduDevice) => {
    for (const api of apis) Reflect.deleteProperty(swan, api);
  };

const ANSWERS = ['success', 'no answer', 'late answer', 'two answers', 'synchronous throw'] as const;

const answers = (api: SwanApi) => ({
  success: asItIs,
  'no answer': ({ faults }: BaiduDevice) => faults.next(api, { hang: true }),
  'late answer': ({ faults }: BaiduDevice) => faults.next(api, { delay: LATE, ignoreTimeout: true }),
  'two answers': ({ faults }: BaiduDevice) => faults.next(api, { twice: true }),
  'synchronous throw': breaks(api),
});

const offline = (device: BaiduDevice) => device.goOffline();
const signedOut = (device: BaiduDevice) => device.signOut();

const noGuide = { impossible: 'Baidu knows of no privacy guide' };
const noSheet = { impossible: 'Baidu has no getUserProfile (B-06)' };
const noStandIn = { 'stand-in': { impossible: 'the mock user stands for a refusal, which is told as one (B-05)' } };

/** How anything fails (B-04). */
const failsAsEver = (api: SwanCallName) => ({
  offline: fails(api, { errCode: 10002 }),
  timeout: fails(api, { errCode: 10007 }),
  busy: fails(api, { errCode: 10001 }),
  'rate-limited': { impossible: 'no limit of Baidu’s is known, nor its words for one (B-04)' },
  denied: fails(api, { errCode: 10003 }),
  cancelled: fails(api, { errMsg: 'fail cancel' }),
  'host-signed-out': fails(api, { errCode: '10004' }),
  'not-permitted': fails(api, { errCode: 10005 }),
  misconfigured: fails(api, { errCode: 202 }),
  unsupported: fails(api, { errMsg: 'fail not supported' }),
  unknown: fails(api, {}),
});

/** How everything fails that is asked of a person. */
const refuses = (api: SwanCallName) => ({
  'privacy-refused': noGuide,
  'privacy-undeclared': noGuide,
  ...failsAsEver(api),
});

const sends = (api: 'request' | 'uploadFile') => ({
  ...answers(api),
  ...failsAsEver(api),
  offline,
  timeout: fails(api, { errMsg: `${api}:fail timeout` }),
  misconfigured: fails(api, { errCode: 202, errMsg: `${api}:fail parse error` }),
  unsupported: lacks(api),
  unknown: fails(api, { errMsg: api }),
});

/** What can never be, for the same reason each time. */
const never = <O extends string>(reason: Impossible, ...outcomes: readonly O[]) =>
  Object.fromEntries(outcomes.map((outcome) => [outcome, reason])) as Record<O, Impossible>;

const stores = (api: SwanApi) => ({
  success: asItIs,
  unknown: ({ faults }: BaiduDevice) => faults.next(api, { answer: new Error(`${api}:fail`) }),
  'synchronous throw': breaks(api),
});

const tells = (on: SwanApi, off: SwanApi) => ({
  success: asItIs,
  'no answer': lacks(on, off),
  'late answer': lacks(off),
  'synchronous throw': breaks(on, off),
});

/** The person has pressed the profile button before, and said yes. */
const onceAllowed = <Row extends Record<string, (device: BaiduDevice) => void>>(row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([outcome, cell]) => [
      outcome,
      async (device: BaiduDevice, clock: VirtualClock) => {
        device.press({ openType: 'getUserInfo' });
        await clock.advance(SOON);
        cell(device);
      },
    ]),
  ) as { [O in keyof Row]: Cell<BaiduDevice> };

/** A Baidu device for the conformance suite, and for what is Baidu's own. */
export function baiduRig(options: Partial<BaiduDeviceOptions> = {}): PlatformRig<BaiduDevice> {
  const { baseLibrary = '3.520.1' } = options;
  const isDialectOld = !isAtLeast(baseLibrary, '3.120.9');

  return {
    async start({ clock, fetch }) {
      const world = createWorld({ clock, random: seededRandom(1) });
      const { appKey } = world.addBaiduApp(BAIDU_APP);
      const person = world.addPerson({ nickname: '小明' });
      await world.baidu.issueCode({ appKey, personId: person.id });
      const device = createBaiduDevice({ cloud: world.baidu, appKey, person, clock, fetch, ...options });
      for (const question of ['getPhoneNumber', 'getUserInfo'] as const) device.answers.always(question, 'allow');
      return device;
    },

    adapt: ({ swan }) => baidu({ swan }),

    refuse: (device, member, payload) => device.faults.next(CALLED[member], { fail: payload }),

    press(device, button, hear) {
      const tell = ({ detail }: ButtonEvent) => hear(detail);
      device.press({ openType: OPEN_TYPES[button] }, { getphonenumber: tell, getuserinfo: tell });
    },

    agree: () => ({ event: 'agree', buttonId: 'agree' }),

    file: (device) => device.temporaryFile(new Uint8Array([0xff, 0xd8, 0xff])),

    cells: {
      login: {
        ...answers('getLoginCode'),
        ...failsAsEver('getLoginCode'),
        'success without a code': ({ faults }) => faults.next('getLoginCode', { emptyCode: true }),
        offline,
        'host-signed-out': signedOut,
        unsupported: lacks('getLoginCode'),
        unknown: fails('getLoginCode', { errMsg: 'getLoginCode:fail' }),
      },
      checkSession: {
        ...answers('checkSession'),
        ...failsAsEver('checkSession'),
        no: ({ faults }) =>
          faults.next('checkSession', isDialectOld ? { answer: { result: false } } : { fail: { errCode: 10004 } }),
        offline,
        cancelled: fails('checkSession', { errCode: 1001, errMsg: 'checkSession:fail cancel' }),
        'host-signed-out': { impossible: 'that nobody is signed in is a no (B-03)' },
        unsupported: lacks('checkSession'),
        unknown: fails('checkSession', { errCode: 1001, errMsg: '执行失败' }),
      },
      request: sends('request'),
      abilities: { success: asItIs, 'synchronous throw': breaks('getSystemInfoSync', 'canIUse') },
      readPhone: {
        success: asItIs,
        ...refuses('button.getPhoneNumber'),
        'yes with nothing': fails('button.getPhoneNumber', { errMsg: 'getPhoneNumber:ok' }),
        denied: ({ answers }) => answers.always('getPhoneNumber', 'deny'),
        'quota-exhausted': { impossible: 'no quota of Baidu’s is known' },
        'needs-verification': { impossible: 'Baidu is not known to ask for it' },
        'host-signed-out': signedOut,
      },
      getUserProfile: {
        ...never(noSheet, ...ANSWERS, 'stand-in', ...failureKinds.getUserProfile),
        unsupported: asItIs,
      },
      getUserInfo: {
        ...onceAllowed(answers('getUserInfo')),
        ...refuses('getUserInfo'),
        ...noStandIn,
        denied: ({ answers }) => answers.always('getUserInfo', 'deny'),
        'host-signed-out': signedOut,
        offline,
        unsupported: lacks('getUserInfo'),
      },
      readUserInfo: {
        success: asItIs,
        ...refuses('button.getUserInfo'),
        ...noStandIn,
        'yes with nothing': fails('button.getUserInfo', { errMsg: 'getUserInfo:ok' }),
        denied: ({ answers }) => answers.always('getUserInfo', 'deny'),
        'host-signed-out': signedOut,
        offline,
      },
      isUserInfoAllowed: {
        ...onceAllowed(answers('getSetting')),
        ...failsAsEver('getSetting'),
        no: asItIs,
        unsupported: lacks('getSetting'),
      },
      upload: sends('uploadFile'),
      getPrivacySetting: never(noGuide, ...ANSWERS, 'needed', ...failureKinds.getPrivacySetting),
      onPrivacyNeeded: {
        ...never(noGuide, 'success', 'no answer', 'late answer'),
        'synchronous throw': asItIs,
      },
      openPrivacyContract: {
        ...never(noGuide, ...ANSWERS, ...failureKinds.openPrivacyContract),
        unsupported: asItIs,
      },
      'storage.get': stores('getStorageSync'),
      'storage.set': stores('setStorageSync'),
      'storage.remove': stores('removeStorageSync'),
      onShow: tells('onAppShow', 'offAppShow'),
      onOnline: tells('onNetworkStatusChange', 'offNetworkStatusChange'),
    },
  };
}

/** What a member asks the host for. */
const CALLED: Readonly<Record<Refusable, SwanCallName>> = {
  login: 'getLoginCode',
  checkSession: 'checkSession',
  request: 'request',
  upload: 'uploadFile',
  readPhone: 'button.getPhoneNumber',
  getUserProfile: 'getUserInfo',
  getUserInfo: 'getUserInfo',
  readUserInfo: 'button.getUserInfo',
  isUserInfoAllowed: 'getSetting',
  getPrivacySetting: 'getSetting',
  openPrivacyContract: 'getSetting',
};

const OPEN_TYPES = { phone: 'getPhoneNumber', userInfo: 'getUserInfo' } as const satisfies Record<HostButton, string>;
