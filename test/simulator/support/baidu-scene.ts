import {
  type BaiduDeviceOptions,
  createBaiduDevice,
  createVirtualClock,
  createWorld,
  seededRandom,
  type World,
} from '../../../simulator/index.js';

export const BAIDU_APP = { appKey: 'y2dTfnWfkx2OXttMEMWlGHoB1KzMogm7', appSecret: 'simulated-secret' };

/** One app, one person, virtual time, and chance that is the same in every run. */
export function createBaiduScene(options: Partial<BaiduDeviceOptions> = {}) {
  const clock = createVirtualClock();
  const world = createWorld({ clock, random: seededRandom(1) });
  const { appKey } = world.addBaiduApp(BAIDU_APP);
  const person = world.addPerson({ nickname: '小明', gender: 1 });
  const account = { appKey, personId: person.id };
  const device = createBaiduDevice({
    cloud: world.baidu,
    appKey,
    person,
    clock,
    fetch: (input, init) => world.fetch(input, init),
    ...options,
  });
  return { clock, world, person, account, device };
}

/** What the session exchange answers, as a server reads it (B-08). */
export async function exchangeWithBaidu(
  world: Pick<World, 'fetch'>,
  code: string,
  change: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const form = { code, client_id: BAIDU_APP.appKey, sk: BAIDU_APP.appSecret, ...change };
  const response = await world.fetch('https://spapi.baidu.com/oauth/jscode2sessionkey', {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return JSON.parse(await response.text());
}
