import { wechat } from '../../../adapters/wechat.js';
import {
  createWechatDevice,
  createWorld,
  type HostApi,
  seededRandom,
  type WechatDevice,
  type WechatDeviceOptions,
} from '../../../simulator/index.js';
import { BROKEN, LATE, type PlatformRig } from '../platform-conformance.js';

const APP = { appId: 'wx-conformance-app', appSecret: 'conformance-secret' };

/** A WeChat device for the conformance suite, and for what is WeChat's own. */
export function wechatRig(options: Partial<WechatDeviceOptions> = {}): PlatformRig<WechatDevice> {
  return {
    async start({ clock, fetch }) {
      const world = createWorld({ clock, random: seededRandom(1) });
      world.addApp(APP);
      const person = world.addPerson({ nickname: '小明' });
      await world.wechat.issueCode({ appId: APP.appId, personId: person.id });
      return createWechatDevice({ cloud: world.wechat, appId: APP.appId, person, clock, fetch, ...options });
    },

    adapt: ({ wx }) => wechat({ wx }),

    refuse: (device, member, payload) => device.faults.next(member, { fail: payload }),

    cells: {
      login: {
        ...answers('login'),
        'success without a code': ({ faults }) => faults.next('login', { emptyCode: true }),
        offline: (device) => device.goOffline(),
        timeout: fails('login', { errMsg: 'login:fail timeout' }),
        busy: fails('login', { errMsg: 'login:fail system error', errCode: -1 }),
        'rate-limited': ({ wx }) => {
          for (let calls = 0; calls < 4; calls += 1) wx.login();
        },
        denied: fails('login', { errMsg: 'login:fail auth deny' }),
        unsupported: lacks('login'),
        unknown: fails('login', { errMsg: 'login:fail' }),
      },
      checkSession: {
        ...answers('checkSession'),
        no: fails('checkSession', { errMsg: 'checkSession:fail session time out, need relogin' }),
        unsupported: lacks('checkSession'),
      },
      request: {
        ...answers('request'),
        offline: (device) => device.goOffline(),
        timeout: fails('request', { errMsg: 'request:fail timeout' }),
        'rate-limited': fails('request', { errMsg: 'request:fail exceed max task count' }),
        misconfigured: fails('request', { errMsg: 'request:fail url not in domain list' }),
        unknown: fails('request', { errMsg: 'request' }),
      },
      'storage.get': stores('getStorageSync'),
      'storage.set': stores('setStorageSync'),
      'storage.remove': stores('removeStorageSync'),
      onShow: tells('onAppShow', 'offAppShow'),
      onOnline: tells('onNetworkStatusChange', 'offNetworkStatusChange'),
    },
  };
}

/** As it comes, nothing goes wrong. */
const asItIs = () => {};

const fails =
  (api: HostApi, fail: Readonly<Record<string, unknown>>) =>
  ({ faults }: WechatDevice) =>
    faults.next(api, { fail });

const breaks =
  (api: HostApi) =>
  ({ faults }: WechatDevice) =>
    faults.always(api, { throw: BROKEN });

/** As on a base library that is older than the API. */
const lacks =
  (...apis: HostApi[]) =>
  ({ wx }: WechatDevice) => {
    for (const api of apis) Reflect.deleteProperty(wx, api);
  };

const answers = (api: HostApi) => ({
  success: asItIs,
  'no answer': ({ faults }: WechatDevice) => faults.next(api, { hang: true }),
  'late answer': ({ faults }: WechatDevice) => faults.next(api, { delay: LATE, ignoreTimeout: true }),
  'two answers': ({ faults }: WechatDevice) => faults.next(api, { twice: true }),
  'synchronous throw': breaks(api),
});

const stores = (api: HostApi) => ({
  success: asItIs,
  unknown: ({ faults }: WechatDevice) => faults.next(api, { throw: new Error(`${api}:fail`) }),
  'synchronous throw': breaks(api),
});

const tells = (on: HostApi, off: HostApi) => ({
  success: asItIs,
  'no answer': lacks(on, off),
  'late answer': lacks(off),
  'synchronous throw'({ faults }: WechatDevice) {
    faults.always(on, { throw: BROKEN });
    faults.always(off, { throw: BROKEN });
  },
});
