import { baidu } from '../../../adapters/baidu.js';
import { server } from '../../../adapters/server.js';
import { wechat } from '../../../adapters/wechat.js';
import { type BaaS, type BaasError, type BaasOptions, createBaaS } from '../../../baas.js';
import type { Failure } from '../../../ports/failure.js';
import {
  createBaiduDevice,
  createMemoryServer,
  createVirtualClock,
  createWechatDevice,
  createWorld,
  seededRandom,
  type WechatDeviceOptions,
} from '../../../simulator/index.js';
import { APP, BASE_URL } from '../../support/app.js';
import { BAIDU_APP } from '../../support/baidu-app.js';

/** Longer than any call of the host or the server takes by itself. */
export const SOON = 1000;

/** The app on a phone with WeChat and on one with Baidu, over one server in memory, in time that the test owns. */
export function createBaasBench(phone: Partial<WechatDeviceOptions> = {}) {
  const clock = createVirtualClock();
  const random = seededRandom(1);
  const world = createWorld({ clock, random });
  world.addApp(APP);
  world.addBaiduApp(BAIDU_APP);
  const person = world.addPerson({ nickname: '小明' });
  const backend = createMemoryServer({ openApi: world.fetch, clock, ...APP, baidu: BAIDU_APP });
  const fetch: WechatDeviceOptions['fetch'] = (input, init) => backend.fetch(input, init);
  const problems: Failure[] = [];
  const open = (platform: BaasOptions['platform']): BaaS =>
    createBaaS({
      platform,
      backend: server({ baseUrl: BASE_URL }),
      clock,
      random,
      onProblem: (failure) => problems.push(failure),
    });
  const device = createWechatDevice({ cloud: world.wechat, appId: APP.appId, person, clock, fetch, ...phone });
  const baiduDevice = createBaiduDevice({ cloud: world.baidu, appKey: BAIDU_APP.appKey, person, clock, fetch });
  return {
    clock,
    world,
    person,
    backend,
    device,
    baiduDevice,
    problems,
    account: { appId: APP.appId, personId: person.id },
    onWechat: () => open(wechat({ wx: device.wx })),
    onBaidu: () => open(baidu({ swan: baiduDevice.swan })),
    /** How often the server was asked something whose path ends so. */
    requests: (path: string) => backend.calls.filter((call) => call.path.endsWith(path)).length,
    /** What came of a call, once it can have come. */
    async outcome<T>(call: Promise<T>, wait = SOON): Promise<Outcome<T>> {
      const watched: { outcome: Outcome<T> } = { outcome: 'pending' };
      call.then(
        (value) => {
          watched.outcome = { value };
        },
        (error: BaasError) => {
          watched.outcome = { code: error.code, failure: error.failure, error };
        },
      );
      await clock.advance(wait);
      return watched.outcome;
    },
  };
}

export type Outcome<T> = { value: T } | { code: number; failure: string; error: BaasError } | 'pending';

/** What a call answered. */
export function answerOf<T>(outcome: Outcome<T>): T {
  if (outcome === 'pending' || !('value' in outcome)) throw new Error(`It came to ${JSON.stringify(outcome)}`);
  return outcome.value;
}
