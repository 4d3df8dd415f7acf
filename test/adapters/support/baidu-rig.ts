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

const answers = (api: SwanApi) => ({
  success: asItIs,
  'no answer': ({ faults }: BaiduDevice) => faults.next(api, { hang: true }),
  'late answer': ({ faults }: BaiduDevice) => faults.next(api, { delay: LATE, ignoreTimeout: true }),
  'two answers': ({ faults }: BaiduDevice) => faults.next(api, { twice: true }),
  'synchronous throw': breaks(api),
});

const offline = (device: BaiduDevice) => device.goOffline();
const signedOut = (device: BaiduDevice) => device.signOut();

const noLimit = { 'rate-limited': { impossible: 'no limit of Baidu’s is known, nor its words for one (B-04)' } };
const noGuide = { impossible: 'Baidu knows of no privacy guide' };
const noSheet = { impossible: 'Baidu has no getUserProfile (B-06)' };
const noStandIn = { 'stand-in': { impossible: 'the mock user stands for a refusal, which is told as one (B-05)' } };

/** How everything fails that is asked of a person. */
const refuses = (api: SwanCallName) => ({
  'privacy-refused': noGuide,
  'privacy-undeclared': noGuide,
  ...noLimit,
  timeout: fails(api, { errCode: 10007 }),
  unknown: fails(api, {}),
});

const sends = (api: 'request' | 'uploadFile') => ({
  ...answers(api),
  offline,
  timeout: fails(api, { errMsg: `${api}:fail timeout` }),
  ...noLimit,
  misconfigured: fails(api, { errCode: 202, errMsg: `${api}:fail parse error` }),
  unknown: fails(api, { errMsg: api }),
});

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
        'success without a code': ({ faults }) => faults.next('getLoginCode', { emptyCode: true }),
        offline,
        timeout: fails('getLoginCode', { errCode: 10007 }),
        busy: fails('getLoginCode', { errCode: 10001 }),
        ...noLimit,
        denied: fails('getLoginCode', { errCode: 10003 }),
        'host-signed-out': signedOut,
        unsupported: lacks('getLoginCode'),
        unknown: fails('getLoginCode', { errMsg: 'getLoginCode:fail' }),
      },
      checkSession: {
        ...answers('checkSession'),
        no: ({ faults }) =>
          faults.next('checkSession', isDialectOld ? { answer: { result: false } } : { fail: { errCode: 10004 } }),
        unsupported: lacks('checkSession'),
      },
      request: sends('request'),
      abilities: { success: asItIs, 'synchronous throw': breaks('getSystemInfoSync', 'canIUse') },
      readPhone: {
        success: asItIs,
        'yes with nothing': fails('button.getPhoneNumber', { errMsg: 'getPhoneNumber:ok' }),
        denied: ({ answers }) => answers.always('getPhoneNumber', 'deny'),
        cancelled: fails('button.getPhoneNumber', { errMsg: 'getPhoneNumber:fail cancel' }),
        'quota-exhausted': { impossible: 'no quota of Baidu’s is known' },
        'not-permitted': fails('button.getPhoneNumber', { errCode: 10005 }),
        'needs-verification': { impossible: 'Baidu is not known to ask for it' },
        'host-signed-out': signedOut,
        offline: fails('button.getPhoneNumber', { errCode: 10002 }),
        busy: fails('button.getPhoneNumber', { errCode: 10001 }),
        ...refuses('button.getPhoneNumber'),
      },
      getUserProfile: {
        success: noSheet,
        'no answer': noSheet,
        'late answer': noSheet,
        'two answers': noSheet,
        'synchronous throw': noSheet,
        'stand-in': noSheet,
        denied: noSheet,
        'privacy-refused': noSheet,
        'privacy-undeclared': noSheet,
        'host-signed-out': noSheet,
        offline: noSheet,
        timeout: noSheet,
        'rate-limited': noSheet,
        misconfigured: noSheet,
        unknown: noSheet,
        unsupported: asItIs,
      },
      getUserInfo: {
        ...onceAllowed(answers('getUserInfo')),
        ...noStandIn,
        denied: ({ answers }) => answers.always('getUserInfo', 'deny'),
        'host-signed-out': signedOut,
        misconfigured: fails('getUserInfo', { errCode: 202 }),
        offline,
        unsupported: lacks('getUserInfo'),
        ...refuses('getUserInfo'),
      },
      readUserInfo: {
        success: asItIs,
        ...noStandIn,
        'yes with nothing': fails('button.getUserInfo', { errMsg: 'getUserInfo:ok' }),
        denied: ({ answers }) => answers.always('getUserInfo', 'deny'),
        'host-signed-out': signedOut,
        misconfigured: fails('button.getUserInfo', { errCode: 202 }),
        offline,
        unsupported: fails('button.getUserInfo', { errMsg: 'getUserInfo:fail not supported' }),
        ...refuses('button.getUserInfo'),
      },
      isUserInfoAllowed: {
        ...onceAllowed(answers('getSetting')),
        no: asItIs,
        unsupported: lacks('getSetting'),
        offline: fails('getSetting', { errCode: 10002 }),
        timeout: fails('getSetting', { errCode: 10007 }),
        ...noLimit,
        unknown: fails('getSetting', {}),
      },
      upload: sends('uploadFile'),
      getPrivacySetting: {
        success: noGuide,
        'no answer': noGuide,
        'late answer': noGuide,
        'two answers': noGuide,
        'synchronous throw': noGuide,
        needed: noGuide,
        unknown: noGuide,
      },
      onPrivacyNeeded: {
        success: noGuide,
        'no answer': noGuide,
        'late answer': noGuide,
        'synchronous throw': asItIs,
      },
      openPrivacyContract: {
        success: noGuide,
        'no answer': noGuide,
        'late answer': noGuide,
        'two answers': noGuide,
        'synchronous throw': noGuide,
        unknown: noGuide,
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
  openPrivacyContract: 'getSetting',
};

const OPEN_TYPES = { phone: 'getPhoneNumber', userInfo: 'getUserInfo' } as const satisfies Record<HostButton, string>;
