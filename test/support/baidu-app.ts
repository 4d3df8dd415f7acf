import { baidu } from '../../adapters/baidu.js';
import { server } from '../../adapters/server.js';
import type { Auth } from '../../machines/auth.js';
import { type AuthOptions, createAuth } from '../../machines/create-auth.js';
import type { Failure } from '../../ports/failure.js';
import {
  type BaiduDevice,
  type BaiduDeviceOptions,
  createBaiduDevice,
  createMemoryServer,
  createVirtualClock,
  createWorld,
  type MemoryServer,
  type Person,
  seededRandom,
  type VirtualClock,
  type World,
} from '../../simulator/index.js';
import { BASE_URL } from './app.js';

export const BAIDU_APP = { appKey: 'baidu-test-key', appSecret: 'baidu-test-secret' };

export interface BaiduTestApp {
  clock: VirtualClock;
  world: World;
  person: Person;
  device: BaiduDevice;
  backend: MemoryServer;
  auth: Auth;
  /** What auth reported beside its flows. */
  problems: Failure[];
  /** The app's next cold start: the same phone and store, a new auth. */
  restart(): Auth;
  /** How often the host was asked to do something. */
  count(api: BaiduDevice['calls'][number]['api']): number;
  /** How often the backend was asked something whose path ends so. */
  requests(path: string): number;
  account: { appKey: string; personId: string };
}

/** What an app takes of the package. */
export interface BaiduKit {
  createAuth: typeof createAuth;
  baidu: typeof baidu;
  server: typeof server;
}

/**
 * A phone with the app on Baidu, its server, and time that the test owns.
 *
 * @param kitOf what the app is made of; default: the sources
 */
export function createBaiduTestApp(
  options: Partial<AuthOptions> = {},
  phone: Partial<BaiduDeviceOptions> = {},
  kitOf: (device: BaiduDevice) => BaiduKit = () => ({ createAuth, baidu, server }),
): BaiduTestApp {
  const clock = createVirtualClock();
  const random = seededRandom(1);
  const world = createWorld({ clock, random });
  const { appKey } = world.addBaiduApp(BAIDU_APP);
  const person = world.addPerson({ nickname: '小明' });
  const backend = createMemoryServer({ openApi: world.fetch, clock, baidu: BAIDU_APP });
  const fetch: BaiduDeviceOptions['fetch'] = (input, init) => backend.fetch(input, init);
  const device = createBaiduDevice({ cloud: world.baidu, appKey, person, clock, fetch, ...phone });
  const problems: Failure[] = [];
  const make = () => {
    const kit = kitOf(device);
    return kit.createAuth({
      platform: kit.baidu({ swan: device.swan }),
      backend: kit.server({ baseUrl: BASE_URL }),
      clock,
      random,
      onProblem: (failure) => problems.push(failure),
      ...options,
    });
  };
  const app: BaiduTestApp = {
    clock,
    world,
    person,
    device,
    backend,
    problems,
    auth: make(),
    restart() {
      app.auth.stop();
      device.restart();
      app.auth = make();
      return app.auth;
    },
    count: (api) => device.calls.filter((call) => call.api === api).length,
    requests: (path) => backend.calls.filter((call) => call.path.endsWith(path)).length,
    account: { appKey, personId: person.id },
  };
  return app;
}
