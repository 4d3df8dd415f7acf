import { isAtLeast } from '../../../adapters/host/versions.js';
import { wechat } from '../../../adapters/wechat.js';
import {
  type ButtonEvent,
  createWechatDevice,
  createWorld,
  type HostCallName,
  seededRandom,
  type WechatDevice,
  type WechatDeviceOptions,
} from '../../../simulator/index.js';
import { BROKEN, type Cell, type HostButton, type PlatformRig, type Refusable } from '../platform-conformance.js';
import {
  answers,
  asItIs,
  breaks,
  cannotBeAsked,
  fails,
  failsAsEver,
  lacks,
  onceAllowed,
  refuses,
  sends,
  stores,
  tells,
} from './wechat-cells.js';

const APP = { appId: 'wx-conformance-app', appSecret: 'conformance-secret' };

/** A WeChat device for the conformance suite, and for what is WeChat's own. */
export function wechatRig(options: Partial<WechatDeviceOptions> = {}): PlatformRig<WechatDevice> {
  const { baseLibrary = '3.7.0' } = options;

  /** Before `least` nothing of it can be, except what is `left` of it. */
  const since = <Row extends Cells, Left extends Cells>(
    least: string,
    row: Row,
    left?: Left,
  ): Record<keyof Row, Cell<WechatDevice>> => {
    if (isAtLeast(baseLibrary, least)) return row;
    const impossible = { impossible: `base library ${baseLibrary} is older than ${least}` };
    const never = Object.fromEntries(Object.keys(row).map((outcome) => [outcome, impossible]));
    return { ...row, ...never, ...left };
  };

  return {
    async start({ clock, fetch }, { isPrivacyAgreed, isEverybodyAnonymous }) {
      const world = createWorld({ clock, random: seededRandom(1) });
      world.addApp(APP);
      const person = world.addPerson({ nickname: '小明' });
      await world.wechat.issueCode({ appId: APP.appId, personId: person.id });
      const device = createWechatDevice({
        cloud: world.wechat,
        appId: APP.appId,
        person,
        clock,
        fetch,
        privacyAgreed: isPrivacyAgreed,
        publishedAt: isEverybodyAnonymous ? clock.now() : BEFORE_ANONYMITY,
        ...options,
      });
      for (const question of ['getPhoneNumber', 'getUserProfile', 'getUserInfo'] as const) {
        device.answers.always(question, 'allow');
      }
      return device;
    },

    adapt: ({ wx }) => wechat({ wx }),

    refuse: (device, member, payload) => device.faults.next(CALLED[member], { fail: payload }),

    press(device, button, hear) {
      const tell = ({ detail }: ButtonEvent) => hear(detail);
      device.press({ openType: OPEN_TYPES[button] }, { getphonenumber: tell, getuserinfo: tell });
    },

    agree(device) {
      device.press({ openType: 'agreePrivacyAuthorization', id: 'agree' });
      return { event: 'agree', buttonId: 'agree' };
    },

    file: (device) => device.temporaryFile(new Uint8Array([0xff, 0xd8, 0xff])),

    cells: {
      login: {
        ...answers('login'),
        ...failsAsEver('login'),
        'success without a code': ({ faults }) => faults.next('login', { emptyCode: true }),
        offline: (device) => device.goOffline(),
        timeout: fails('login', { errMsg: 'login:fail timeout' }),
        'rate-limited': ({ wx }) => {
          for (let calls = 0; calls < 4; calls += 1) wx.login();
        },
        unsupported: lacks('login'),
        unknown: fails('login', { errMsg: 'login:fail' }),
      },
      checkSession: {
        ...answers('checkSession'),
        ...cannotBeAsked,
        no: fails('checkSession', { errMsg: 'checkSession:fail session time out, need relogin' }),
      },
      request: sends('request'),
      abilities: {
        success: asItIs,
        'synchronous throw'({ faults }) {
          for (const api of ['getAppBaseInfo', 'getSystemInfoSync', 'canIUse'] as const) {
            faults.always(api, { throw: BROKEN });
          }
        },
      },
      readPhone: {
        success: asItIs,
        ...refuses('button.getPhoneNumber'),
        'yes with nothing': fails('button.getPhoneNumber', { errMsg: 'getPhoneNumber:ok' }),
        offline: (device) => device.goOffline(),
        denied: ({ answers }) => answers.always('getPhoneNumber', 'deny'),
        cancelled: ({ answers }) => answers.always('getPhoneNumber', 'cancel'),
        'quota-exhausted': fails('button.getPhoneNumber', { errno: 1400001 }),
        'needs-verification': fails('button.getPhoneNumber', { errMsg: 'getPhoneNumber:fail needs to be verified' }),
      },
      getUserProfile: since(
        '2.10.4',
        {
          ...answers('getUserProfile'),
          ...refuses('getUserProfile'),
          'stand-in': asItIs,
          offline: (device: WechatDevice) => device.goOffline(),
          denied: (device: WechatDevice) => device.answers.always('getUserProfile', 'deny'),
          misconfigured: fails('getUserProfile', {
            errMsg: 'getUserProfile:fail can only be invoked by user TAP gesture.',
          }),
          unsupported: lacks('getUserProfile'),
        },
        { unsupported: asItIs },
      ),
      getUserInfo: {
        ...onceAllowed(answers('getUserInfo')),
        ...refuses('getUserInfo'),
        'stand-in': asItIs,
        offline: (device) => device.goOffline(),
        denied: asItIs,
        unsupported: lacks('getUserInfo'),
      },
      readUserInfo: {
        success: asItIs,
        ...refuses('button.getUserInfo'),
        'stand-in': asItIs,
        'yes with nothing': fails('button.getUserInfo', { errMsg: 'getUserInfo:ok' }),
        offline: (device) => device.goOffline(),
        denied: ({ answers }) => answers.always('getUserInfo', 'deny'),
      },
      isUserInfoAllowed: {
        ...onceAllowed(answers('getSetting')),
        ...failsAsEver('getSetting'),
        no: asItIs,
        offline: (device) => device.goOffline(),
        unsupported: lacks('getSetting'),
      },
      upload: sends('uploadFile'),
      getPrivacySetting: since('2.32.3', {
        ...answers('getPrivacySetting'),
        ...failsAsEver('getPrivacySetting'),
        needed: asItIs,
      }),
      onPrivacyNeeded: since(
        '2.32.3',
        {
          success: asItIs,
          'no answer': asItIs,
          'late answer': asItIs,
          'synchronous throw': breaks('onNeedPrivacyAuthorization'),
        },
        { 'synchronous throw': asItIs },
      ),
      openPrivacyContract: since(
        '2.32.3',
        {
          ...answers('openPrivacyContract'),
          ...failsAsEver('openPrivacyContract'),
          unsupported: lacks('openPrivacyContract'),
        },
        { unsupported: asItIs },
      ),
      'storage.get': stores('getStorageSync'),
      'storage.set': stores('setStorageSync'),
      'storage.remove': stores('removeStorageSync'),
      onShow: tells('onAppShow', 'offAppShow'),
      onOnline: tells('onNetworkStatusChange', 'offNetworkStatusChange'),
    },
  };
}

type Cells = Readonly<Record<string, Cell<WechatDevice>>>;

/** W-08: an app that was published then is told of everybody, on every base library. */
const BEFORE_ANONYMITY = Date.UTC(2020, 0);

/** What a member asks the host for. */
const CALLED: Readonly<Record<Refusable, HostCallName>> = {
  login: 'login',
  checkSession: 'checkSession',
  request: 'request',
  upload: 'uploadFile',
  readPhone: 'button.getPhoneNumber',
  getUserProfile: 'getUserProfile',
  getUserInfo: 'getUserInfo',
  readUserInfo: 'button.getUserInfo',
  isUserInfoAllowed: 'getSetting',
  getPrivacySetting: 'getPrivacySetting',
  openPrivacyContract: 'openPrivacyContract',
};

const OPEN_TYPES = { phone: 'getPhoneNumber', userInfo: 'getUserInfo' } as const satisfies Record<HostButton, string>;
