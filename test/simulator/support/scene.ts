import type { WechatDeviceOptions, WorldOptions } from '../../../simulator/index.js';
import { createVirtualClock, createWechatDevice, createWorld, seededRandom } from '../../../simulator/index.js';

export const APP = { appId: 'wx-simulated-app', appSecret: 'simulated-secret' };

/** One app, one person, virtual time, and chance that is the same in every run. */
export function createScene(options: Partial<WechatDeviceOptions> = {}, worldOptions: WorldOptions = {}) {
  const clock = createVirtualClock();
  const world = createWorld({ clock, random: seededRandom(1), ...worldOptions });
  const app = world.addApp(APP);
  const person = world.addPerson({ nickname: '小明' });
  const account = { appId: app.appId, personId: person.id };
  const newDevice = (more: Partial<WechatDeviceOptions> = {}) =>
    createWechatDevice({
      cloud: world.wechat,
      appId: app.appId,
      person,
      clock,
      fetch: (input, init) => world.fetch(input, init),
      ...options,
      ...more,
    });
  return { clock, world, person, account, newDevice, device: newDevice() };
}

export interface Heard {
  readonly callback: 'success' | 'fail' | 'complete';
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Callbacks for a host API, and what they heard, in order. */
export function createEar() {
  const heard: Heard[] = [];
  const note = (callback: Heard['callback']) => (payload: object) => {
    heard.push({ callback, payload: { ...payload } });
  };
  return { heard, callbacks: { success: note('success'), fail: note('fail'), complete: note('complete') } };
}

/** What code2Session answers, as a server reads it. */
export async function exchange(
  world: { fetch(url: string): Promise<Response> },
  code: string,
  change: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const parameters = { appid: APP.appId, secret: APP.appSecret, js_code: code, grant_type: 'authorization_code' };
  const query = new URLSearchParams({ ...parameters, ...change });
  const response = await world.fetch(`http://wechat.test/sns/jscode2session?${query}`);
  return JSON.parse(await response.text());
}
