import { describe, expect, it } from 'vitest';
import { assign, createMachine } from 'xstate';
import { flows } from '../../inspect/charts/flows.js';
import { type Log, readLog, writeLog } from '../../inspect/log-file.js';
import { createRecorder } from '../../inspect/recorder.js';
import { replay } from '../../inspect/replay.js';
import { createHistory } from '../../inspect/view/history.js';
import { createTestApp, type TestApp, watch } from '../support/app.js';

const second = 1000;

/** What an app did, as a file that was saved and opened again. */
async function logOf(
  act: (app: TestApp) => Promise<void>,
  phone = {},
): Promise<{ log: Log; text: string; app: TestApp }> {
  const history = createHistory();
  const recorder = createRecorder(
    { chart: (chart) => history.learn(chart), record: (record) => history.take([record]) },
    () => app.clock.now(),
  );
  const app = createTestApp({ inspect: recorder.inspect }, phone);
  await act(app);
  const text = writeLog({ name: 'phone', charts: history.charts, records: history.records });
  const log = readLog(text);
  if (!log) throw new Error('The log could not be read.');
  return { log, text, app };
}

const signIn = async (app: TestApp) => {
  app.auth.start();
  await app.clock.advance(second);
  watch(app.auth.ensure());
  await app.clock.advance(second);
};

async function everything(app: TestApp) {
  app.device.faults.next('login', { hang: true });
  await signIn(app);
  await app.clock.advance(20 * second);
  await signIn(app);
  app.backend.revokeTokens();
  watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(second);
  const phone = app.auth.phone();
  await app.clock.advance(second);
  app.device
    .press(
      { openType: 'getPhoneNumber' },
      { tap: () => phone.ask(), getphonenumber: ({ detail }) => phone.answer(detail) },
    )
    .allow();
  await app.clock.advance(2 * second);
  phone.leave();
  app.device.goOffline();
  watch(app.auth.ensure({ withUnionId: true }));
  await app.clock.advance(5 * second);
  app.device.goOnline();
  await app.clock.advance(5 * second);
  const settings = app.auth.settings();
  settings.save({ username: 'xiaoming', email: 'ming@example.com' });
  await app.clock.advance(2 * second);
  const linking = app.auth.linking();
  linking.register({ username: 'xiaohong', password: 'a good password' });
  await app.clock.advance(5 * second);
  watch(app.auth.signOut());
  await app.clock.advance(second);
}

describe('the replay of a log', () => {
  it.each([
    ['of today', {}],
    ['of early 2022, where numbers are encrypted (W-13)', { baseLibrary: '2.20.0' }],
  ])('goes where the flows went, with placeholders for all that was secret, on a phone %s', async (_, phone) => {
    const { log } = await logOf(everything, phone);
    const told = replay(log);
    expect(told).toMatchObject({ differences: [], skipped: [] });
    expect(told.flows).toBeGreaterThan(6);
    expect(told.steps).toBe(log.records.filter((r) => r.kind === 'step' && r.event.type !== 'xstate.stop').length);
  });

  it('says where a flow that was changed goes elsewhere', async () => {
    const { log } = await logOf(signIn);
    const changed = createMachine({
      id: 'silentLogin',
      initial: 'attempting',
      states: {
        attempting: { initial: 'takingCode', states: { takingCode: { on: { 'CODE.GIVEN': '#silentLogin.lost' } } } },
        lost: {},
      },
    });
    const told = replay(
      log,
      flows.map((machine) => (machine.id === 'silentLogin' ? changed : machine)),
    );
    expect(told.differences).toMatchObject([
      { actor: 'silentLogin#1', event: 'CODE.GIVEN', logged: { attempting: 'exchangingCode' }, replayed: 'lost' },
    ]);
  });

  it('says so where a flow breaks', async () => {
    const { log } = await logOf(signIn);
    const broken = createMachine({
      id: 'codes',
      context: {},
      entry: assign(() => {
        throw new Error('broken');
      }),
    });
    const told = replay(log, [broken]);
    expect(told.differences).toMatchObject([
      { actor: 'codes#1', replayed: expect.objectContaining({ message: 'broken' }) },
    ]);
  });

  it('skips what nobody can know: charts of others, and what has gaps', async () => {
    const { log } = await logOf(signIn);
    expect(replay(log, []).skipped.length).toBeGreaterThan(2);
    expect(replay({ records: log.records.slice(4) }).differences).toEqual([]);
  });
});

describe('a log', () => {
  it.each([
    ['of today', {}],
    ['of early 2022', { baseLibrary: '2.20.0' }],
  ])('of a phone %s holds no code, token, number, password or name, and nothing encrypted (G-23)', async (_, phone) => {
    const { text, app } = await logOf(everything, phone);
    const { backend, world } = app;
    const secrets = [
      ...backend.calls.map(({ body }) => String(Reflect.get(Object(body), 'encryptedData') ?? '')),
      ...world.wechat.codes.map(({ code }) => code),
      ...world.wechat.phoneCodes.map(({ code }) => code),
      ...backend.calls.map(({ token }) => token ?? ''),
      ...world.people.map(({ phoneNumber }) => phoneNumber),
      'a good password',
      'xiaohong',
      'xiaoming',
      'ming@example.com',
    ].filter((secret) => secret !== '');
    expect(secrets.length).toBeGreaterThan(10);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain('{"$secret":"code#1"}');
    expect(text).toContain('{"$secret":"token#1"}');
  });

  it('leaves out what is no chart or record, and says how many there are', () => {
    const odd = { format: 'denglu-log', version: 1, charts: [null, { id: 3 }], records: ['', { type: 'other' }, []] };
    expect(readLog(JSON.stringify(odd))).toEqual({ name: '', charts: [], records: [], odd: 5 });
  });

  it('is nothing where it is no log, or one of another version', () => {
    for (const text of ['', '{', '[]', 'null', '{"format":"denglu-log","version":2}', '{"format":"other"}']) {
      expect(readLog(text)).toBeNull();
    }
  });
});
