import { expect, it } from 'vitest';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { createAuth } from '../../machines/create-auth.js';
import type { LinkingFlow } from '../../machines/linking-flow.js';
import { createWechatDevice } from '../../simulator/index.js';
import { APP, BASE_URL, createTestApp, type TestApp, watch } from '../support/app.js';
import { second, signedIn } from './support/scene.js';

const LINK = '/wechat/link';
const login = { username: 'xiaoming', password: 'a good password' };

/** The same app on the phone of somebody else. */
function anotherPhone({ backend, clock, world }: TestApp) {
  const device = createWechatDevice({
    cloud: world.wechat,
    appId: APP.appId,
    person: world.addPerson({ nickname: '小红' }),
    clock,
    fetch: (input, init) => backend.fetch(input, init),
  });
  return createAuth({ platform: wechat({ wx: device.wx }), backend: server({ baseUrl: BASE_URL }), clock });
}

async function settled(app: TestApp, flow: LinkingFlow, begin: (flow: LinkingFlow) => void): Promise<LinkingFlow> {
  begin(flow);
  await app.clock.advance(2 * second);
  return flow;
}

it('G-19 linked here already: nothing changes, and it says so', async () => {
  const app = await signedIn();
  const before = app.auth.getSnapshot().user?.id;
  const flow = await settled(app, app.auth.linking(), (flow) => flow.link());
  expect(flow.getSnapshot()).toMatchObject({
    state: 'alreadyLinked',
    busy: false,
    failure: null,
    user: { id: before },
  });
});

it('G-19 taken by another account: it says so, and takes nothing from anybody', async () => {
  const app = await signedIn();
  const owner = app.auth.getSnapshot().user?.id;
  watch(app.auth.signOut());
  await app.clock.advance(second);
  const flow = await settled(app, app.auth.linking(), (flow) => flow.register(login));
  expect(flow.getSnapshot()).toMatchObject({ state: 'linkedElsewhere', busy: false, user: null });
  watch(app.auth.signOut());
  await app.clock.advance(second);
  watch(app.auth.ensure({ createUser: false }));
  await app.clock.advance(second);
  expect(app.auth.getSnapshot().user?.id).toBe(owner);
});

it('G-19 the account has another host account: it gives way where the person says so, and not before', async () => {
  const app = createTestApp();
  const first = await settled(app, anotherPhone(app).linking(), (flow) => flow.register(login));
  expect(first.getSnapshot().state).toBe('linked');

  const flow = await settled(app, app.auth.linking(), (flow) => flow.signIn(login));
  expect(flow.getSnapshot()).toMatchObject({ state: 'occupied', busy: false, user: null });
  expect(app.backend.calls.filter(({ path }) => path.endsWith(LINK)).map(({ status }) => status)).toEqual([200, 400]);

  await settled(app, flow, () => flow.overwrite());
  expect(flow.getSnapshot()).toMatchObject({ state: 'linked', user: { username: 'xiaoming' } });
});
