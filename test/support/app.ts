import type { InspectionEvent } from 'xstate';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import type { Auth } from '../../machines/auth.js';
import { type AuthOptions, createAuth } from '../../machines/create-auth.js';
import type { Failure } from '../../ports/failure.js';
import {
  createMemoryServer,
  createVirtualClock,
  createWechatDevice,
  createWorld,
  type MemoryServer,
  seededRandom,
  type VirtualClock,
  type WechatDevice,
  type WechatDeviceOptions,
  type World,
} from '../../simulator/index.js';

export const APP = { appId: 'wx-test-app', appSecret: 'test-secret', openPlatform: 'test-platform' };
export const BASE_URL = 'https://api.test';

export interface TestApp {
  clock: VirtualClock;
  world: World;
  device: WechatDevice;
  backend: MemoryServer;
  auth: Auth;
  /** What auth reported beside its flows. */
  problems: Failure[];
  /** Every inspection event so far. */
  inspected: InspectionEvent[];
  /** The app's next cold start: the same phone and store, a new auth. */
  restart(options?: Partial<AuthOptions>): Auth;
  /** How often the host was asked to do something. */
  count(api: WechatDevice['calls'][number]['api']): number;
  /** How often the backend was asked something whose path ends so. */
  requests(path: string): number;
  account: { appId: string; personId: string };
}

export const SIGN_IN = '/wechat/sign-in';
export const SIGN_OUT = '/sign-out';

/** A phone with the app on it, its server, and time that the test owns. */
export function createTestApp(options: Partial<AuthOptions> = {}, phone: Partial<WechatDeviceOptions> = {}): TestApp {
  const clock = createVirtualClock();
  const random = seededRandom(1);
  const world = createWorld({ clock, random });
  world.addApp(APP);
  const person = world.addPerson({ nickname: '小明' });
  const backend = createMemoryServer({ openApi: world.fetch, clock, ...APP });
  const fetch: WechatDeviceOptions['fetch'] = (input, init) => backend.fetch(input, init);
  const device = createWechatDevice({ cloud: world.wechat, appId: APP.appId, person, clock, fetch, ...phone });
  const problems: Failure[] = [];
  const inspected: InspectionEvent[] = [];
  const make = (more: Partial<AuthOptions> = {}) =>
    createAuth({
      platform: wechat({ wx: device.wx }),
      backend: server({ baseUrl: BASE_URL }),
      clock,
      random,
      onProblem: (failure) => problems.push(failure),
      inspect: (event) => inspected.push(event),
      ...options,
      ...more,
    });
  const app: TestApp = {
    clock,
    world,
    device,
    backend,
    problems,
    inspected,
    auth: make(),
    restart(more) {
      app.auth.stop();
      device.restart();
      app.auth = make(more);
      return app.auth;
    },
    count: (api) => device.calls.filter((call) => call.api === api).length,
    requests: (path) => backend.calls.filter((call) => call.path.endsWith(path)).length,
    account: { appId: APP.appId, personId: person.id },
  };
  return app;
}

export type Outcome<T> = { value: T } | { failure: Failure } | 'pending';

/** Watches a promise, so that a test can move time and then look. */
export function watch<T>(promise: Promise<T>): { readonly outcome: Outcome<T> } {
  const watched: { outcome: Outcome<T> } = { outcome: 'pending' };
  promise.then(
    (value) => {
      watched.outcome = { value };
    },
    (failure: Failure) => {
      watched.outcome = { failure };
    },
  );
  return watched;
}

/** What came of a promise, in one word: `ok`, the failure's kind, or `pending`. */
export function wordOf(watched: { readonly outcome: Outcome<unknown> }): string {
  const { outcome } = watched;
  if (outcome === 'pending') return 'pending';
  return 'failure' in outcome ? outcome.failure.kind : 'ok';
}
