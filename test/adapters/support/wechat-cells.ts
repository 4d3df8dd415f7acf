import type { HostApi, HostCallName, VirtualClock, WechatDevice } from '../../../simulator/index.js';
import { BROKEN, type Cell, LATE, SOON } from '../platform-conformance.js';

/** As it comes, nothing goes wrong. */
export const asItIs = () => {};

export const fails =
  (api: HostCallName, fail: Readonly<Record<string, unknown>>) =>
  ({ faults }: WechatDevice) =>
    faults.next(api, { fail });

export const breaks =
  (api: HostApi) =>
  ({ faults }: WechatDevice) =>
    faults.always(api, { throw: BROKEN });

/** As on a base library that is older than the API. */
export const lacks =
  (...apis: HostApi[]) =>
  ({ wx }: WechatDevice) => {
    for (const api of apis) Reflect.deleteProperty(wx, api);
  };

export const answers = (api: HostApi) => ({
  success: asItIs,
  'no answer': ({ faults }: WechatDevice) => faults.next(api, { hang: true }),
  'late answer': ({ faults }: WechatDevice) => faults.next(api, { delay: LATE, ignoreTimeout: true }),
  'two answers': ({ faults }: WechatDevice) => faults.next(api, { twice: true }),
  'synchronous throw': breaks(api),
});

/** How anything fails. Nobody is in WeChat without being signed in to it. */
export const failsAsEver = (api: HostCallName) => ({
  offline: fails(api, { errMsg: 'fail network error' }),
  timeout: fails(api, { errno: 5 }),
  busy: fails(api, { errCode: -1 }),
  'rate-limited': fails(api, { errcode: 45009 }),
  denied: fails(api, { errMsg: 'fail auth deny' }),
  cancelled: fails(api, { errMsg: 'fail cancel' }),
  'host-signed-out': { impossible: 'whoever uses WeChat is signed in to it' },
  'not-permitted': fails(api, { errno: 102 }),
  misconfigured: fails(api, { errMsg: 'fail parameter error' }),
  unsupported: fails(api, { errMsg: 'fail not supported' }),
  unknown: fails(api, {}),
});

const W05 = { impossible: 'a check that fails is a no, whatever its text says (W-05)' };

/** How a check fails that the host could not even be asked for. */
export const cannotBeAsked = {
  offline: W05,
  timeout: W05,
  busy: W05,
  'rate-limited': W05,
  denied: W05,
  cancelled: W05,
  'host-signed-out': W05,
  'not-permitted': W05,
  misconfigured: W05,
  unsupported: lacks('checkSession'),
  unknown: breaks('checkSession'),
};

/** How everything fails that is asked of a person. */
export const refuses = (api: HostCallName) => ({
  'privacy-refused': fails(api, { errno: 104, errMsg: 'fail privacy permission is not authorized' }),
  'privacy-undeclared': fails(api, { errno: 112, errMsg: 'fail api scope is not declared in the privacy agreement' }),
  ...failsAsEver(api),
});

/** The person has pressed the profile button before, and said yes (W-18). */
export const onceAllowed = <Row extends Record<string, (device: WechatDevice) => void>>(row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([outcome, cell]) => [
      outcome,
      async (device: WechatDevice, clock: VirtualClock) => {
        device.press({ openType: 'getUserInfo' });
        await clock.advance(SOON);
        cell(device);
      },
    ]),
  ) as { [O in keyof Row]: Cell<WechatDevice> };

export const stores = (api: HostApi) => ({
  success: asItIs,
  unknown: ({ faults }: WechatDevice) => faults.next(api, { throw: new Error(`${api}:fail`) }),
  'synchronous throw': breaks(api),
});

export const tells = (on: HostApi, off: HostApi) => ({
  success: asItIs,
  'no answer': lacks(on, off),
  'late answer': lacks(off),
  'synchronous throw'({ faults }: WechatDevice) {
    faults.always(on, { throw: BROKEN });
    faults.always(off, { throw: BROKEN });
  },
});

export const sends = (api: 'request' | 'uploadFile') => ({
  ...answers(api),
  ...failsAsEver(api),
  offline: (device: WechatDevice) => device.goOffline(),
  timeout: fails(api, { errMsg: `${api}:fail timeout` }),
  'rate-limited': fails(api, { errMsg: `${api}:fail exceed max task count` }),
  misconfigured: fails(api, { errMsg: `${api}:fail url not in domain list` }),
  unsupported: lacks(api),
  unknown: fails(api, { errMsg: api }),
});
