import { inspect } from 'node:util';
import { afterEach, expect, it, vi } from 'vitest';
import type { Flow, FlowSnapshot } from '../../machines/flow.js';
import type { PhoneFlow } from '../../machines/phone-flow.js';
import type { ProfileFlow } from '../../machines/profile-flow.js';
import type { ButtonEvent, WechatDeviceOptions } from '../../simulator/index.js';
import { createTestApp, type TestApp, watch } from '../support/app.js';

const second = 1000;
/** Before base library 2.21.2 phone numbers are encrypted, and profiles signed (W-06, W-13). */
const SEALED = { baseLibrary: '2.20.0' };

/** An app, and all that it tells whoever looks on. */
function overheard(phone: Partial<WechatDeviceOptions> = {}) {
  const told: unknown[] = [];
  const sealed: unknown[] = [];
  for (const level of ['log', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...args) => void told.push(...args));
  }
  const app = createTestApp({ onProblem: (failure) => told.push(failure) }, phone);
  const hear = (snapshot: unknown) => void told.push(snapshot, JSON.stringify(snapshot));
  app.auth.subscribe(hear);
  return {
    app,
    /** What the host encrypted, whether it was sent or not. */
    sealed,
    /** The host's own button is pressed, and the person says yes. */
    pressAndAllow(openType: 'getPhoneNumber' | 'getUserInfo', flow: PhoneFlow | ProfileFlow) {
      const answer = ({ detail }: ButtonEvent) => {
        sealed.push(detail.encryptedData);
        flow.answer(detail);
      };
      const press = app.device.press(
        { openType },
        { tap: () => flow.ask(), getphonenumber: answer, getuserinfo: answer },
      );
      press.allow();
    },
    follow<Snapshot extends FlowSnapshot, Some extends Flow<Snapshot>>(flow: Some): Some {
      flow.subscribe(hear);
      return flow;
    },
    text() {
      const events = app.inspected.map((event) => {
        const { rootId, ...rest } = event;
        return { ...rest, actorRef: rest.actorRef.sessionId };
      });
      return [JSON.stringify(events), inspect(events, { depth: 6 }), inspect(told, { depth: 6 })].join();
    },
  };
}

/** What nobody may read of it, wherever it came from. */
function secretsOf({ world, backend }: TestApp, sealed: readonly unknown[]): string[] {
  const sent = backend.calls.flatMap(({ token, body }) => [
    token,
    ...['code', 'phoneCode', 'encryptedData'].map((name) => Reflect.get(Object(body), name)),
  ]);
  const issued = [...world.wechat.codes, ...world.wechat.phoneCodes].map(({ code }) => code);
  const numbers = world.people.map(({ phoneNumber }) => phoneNumber);
  return [...new Set([...sent, ...issued, ...numbers, ...sealed])].flatMap((text) =>
    typeof text === 'string' && text !== '' ? [text] : [],
  );
}

function expectNoSecret({ app, sealed, text }: ReturnType<typeof overheard>, least: number): void {
  const known = secretsOf(app, sealed);
  expect(known.length).toBeGreaterThanOrEqual(least);
  const all = text();
  expect(all.length).toBeGreaterThan(10_000);
  expect(known.filter((secret) => all.includes(secret))).toEqual([]);
}

afterEach(() => void vi.restoreAllMocks());

it('inspection, snapshots, failures and the console carry no token and no code (G-23)', async () => {
  const ear = overheard();
  const { app } = ear;
  app.world.wechat.openApi.fail(40029);
  watch(app.auth.ensure());
  await app.clock.advance(2 * second);
  app.backend.revokeTokens();
  watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(2 * second);
  app.device.faults.next('login', { hang: true });
  watch(app.auth.ensure({ withUnionId: true }));
  await app.clock.advance(20 * second);
  app.auth.stop();
  app.device.pending('login')[0]?.release();
  await app.clock.advance(second);
  expectNoSecret(ear, 5);
});

it.each([
  ['by a code of its own', {}],
  ['encrypted', SEALED],
])('nor does the phone flow, where the number comes %s, tell it or what it came by (G-23)', async (_, phone) => {
  const ear = overheard(phone);
  const { app } = ear;
  const flow = ear.follow(app.auth.phone());
  await app.clock.advance(second);
  for (const fault of [{ hang: true }, { status: 400, code: 'DECRYPT_FAILED' }, null] as const) {
    if (fault) app.backend.failNext('/wechat/phone-sign-in', fault);
    flow.want();
    await app.clock.advance(second);
    ear.pressAndAllow('getPhoneNumber', flow);
    await app.clock.advance(35 * second);
  }
  expect(app.auth.getSnapshot().user?.phone?.reveal()).toContain(app.world.people[0]?.phoneNumber);
  flow.answer({ errMsg: 'getPhoneNumber:fail', code: app.world.wechat.phoneCodes[0]?.code, encryptedData: 'c2VhbGVk' });
  flow.leave();
  const update = ear.follow(app.auth.phone({ mode: 'update' }));
  update.want();
  await app.clock.advance(second);
  app.backend.failNext('/wechat/phone', { status: 400, code: 'PHONE_TAKEN' });
  ear.pressAndAllow('getPhoneNumber', update);
  await app.clock.advance(2 * second);
  expect(update.getSnapshot().state).toBe('phoneTaken');
  expectNoSecret(ear, 7);
});

it('nor does the profile flow tell what the host encrypted, or the code with it (G-23)', async () => {
  const ear = overheard(SEALED);
  const { app } = ear;
  watch(app.auth.ensure());
  await app.clock.advance(second);
  const flow = ear.follow(app.auth.profile({ desc: '用于完善资料' }));
  app.device.answers.always('getUserProfile', 'allow');
  for (const fault of [{ status: 400, code: 'SIGNATURE_MISMATCH' }, { hang: true }, null] as const) {
    if (fault) app.backend.failNext('/wechat/profile', fault);
    app.device.tap(() => flow.ask());
    await app.clock.advance(20 * second);
  }
  expect(flow.getSnapshot().state).toBe('saved');
  expect(app.backend.calls.some(({ body }) => Reflect.has(Object(body), 'encryptedData'))).toBe(true);
  flow.fillIn();
  app.backend.failNext('/avatar', { status: 401, code: 'TOKEN_REJECTED' });
  flow.chooseAvatar('wxfile://gone.png');
  flow.submit('阿明');
  await app.clock.advance(5 * second);
  expectNoSecret(ear, 6);
});

it('nor does the host’s own profile button (W-18, G-23)', async () => {
  const ear = overheard({ baseLibrary: '2.0.0', publishedAt: Date.UTC(2021, 0, 1) });
  const { app } = ear;
  watch(app.auth.ensure());
  await app.clock.advance(second);
  const flow = ear.follow(app.auth.profile({ desc: '用于完善资料' }));
  await app.clock.advance(second);
  ear.pressAndAllow('getUserInfo', flow);
  await app.clock.advance(5 * second);
  expect(flow.getSnapshot().state).toBe('saved');
  expectNoSecret(ear, 4);
});
