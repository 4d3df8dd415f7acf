import { describe, expect, it } from 'vitest';
import { createActor, createMachine, fromCallback, spawnChild } from 'xstate';
import { createRecorder } from '../../inspect/recorder.js';
import { createHistory, type Entry, type History, pathOf } from '../../inspect/view/history.js';
import { createTestApp, watch } from '../support/app.js';

const second = 1000;
const CHARTS = ['session', 'silentLogin', 'codes'];

/** The steps of some charts, as one reads them. */
const linesOf = (entries: readonly Entry[]) =>
  entries.flatMap(({ actor, event, state, record }) =>
    record?.kind === 'step' && CHARTS.includes(record.machine)
      ? [`${actor.replace('#1', '')} ${event} → ${state}`]
      : [],
  );

/** An app whose charts are followed, started, and with nobody signed in. */
async function createFollowedApp() {
  const history: History = createHistory();
  const recorder = createRecorder(
    { chart: (chart) => history.learn(chart), record: (record) => history.take([record]) },
    () => app.clock.now(),
  );
  const app = createTestApp({ inspect: recorder.inspect });
  app.auth.start();
  await app.clock.advance(second);
  const started = history.entries.length;
  /** What has happened since, from the oldest on. */
  const story = () => linesOf(history.entries.slice(started));
  const whereIs = (machine: string, order?: number) => {
    const run = history.latestOf(machine, order);
    return run && history.valueOf(run.actor, order);
  };
  return { app, history, recorder, started, story, whereIs };
}

describe('the history of an inspected app', () => {
  it('tells a sign-in from cause to effect', async () => {
    const { app, story } = await createFollowedApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(story()).toEqual([
      'session ENSURE → signingIn.attempting',
      'silentLogin init → attempting.takingCode',
      'codes CODE.WANTED → loggingIn',
      'session silentLogin moved → signingIn.attempting',
      'codes LOGIN.ANSWERED → resting.empty',
      'silentLogin CODE.GIVEN → attempting.exchangingCode',
      'session silentLogin moved → signingIn.attempting',
      'codes CODE.EXCHANGED → resting.empty',
      'silentLogin signIn done → signedIn',
      'codes LEASE.FREED → resting.empty',
      'session silentLogin done → signedIn',
    ]);
  });

  it('has its entries in the order of time, whatever the order in which they were told', async () => {
    const { app, history } = await createFollowedApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const times = history.entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  it('says where the second silent login is, although the first is told last', async () => {
    const { app, whereIs, story } = await createFollowedApp();
    watch(app.auth.ensure({ withUnionId: false }));
    watch(app.auth.ensure({ withUnionId: true }));
    app.device.faults.next('login', { hang: true });
    await app.clock.advance(second);
    expect(whereIs('session')).toEqual({ signingIn: 'attempting' });
    expect(whereIs('silentLogin')).toEqual({ attempting: 'takingCode' });
    expect(story().slice(-7)).toEqual([
      'silentLogin signIn done → signedIn',
      'codes LEASE.FREED → resting.empty',
      'session silentLogin done → signingIn.attempting',
      'silentLogin#2 init → attempting.takingCode',
      'codes CODE.WANTED → pausing',
      'session silentLogin moved → signingIn.attempting',
      'codes after untilNextLogin → loggingIn',
    ]);
  });

  it('shows the session as not running once the app has ended, while the owner of the codes rests', async () => {
    const { app, history, whereIs } = await createFollowedApp();
    app.auth.stop();
    expect([whereIs('session'), whereIs('codes')]).toEqual([null, { resting: 'empty' }]);
    expect(history.entries.at(-1)).toMatchObject({ event: 'stop', state: '–', stayed: false });
  });

  it('travels: at each entry it says where every chart was then', async () => {
    const { app, history, whereIs } = await createFollowedApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const exchange = history.entries.find(({ event }) => event === 'CODE.GIVEN');
    expect(whereIs('silentLogin', exchange?.order)).toEqual({ attempting: 'exchangingCode' });
    expect(whereIs('session', exchange?.order)).toEqual({ signingIn: 'attempting' });
    const first = history.entries[0];
    expect(whereIs('silentLogin', first?.order)).toBeNull();
    expect(whereIs('session')).toBe('signedIn');
  });

  it('tells what a component told its page, and of that only the kind of a failure (G-23)', async () => {
    const { history, recorder } = await createFollowedApp();
    history.tell(recorder.moment(), 'phone-button', 'denied', 'privacy-refused');
    expect(history.entries.at(-1)).toMatchObject({
      actor: '<phone-button>',
      event: 'denied',
      failure: 'privacy-refused',
      state: '',
    });
  });

  it('tells each call of the host and of the server, how long it took, and why it failed', async () => {
    const { app, history } = await createFollowedApp();
    app.device.faults.next('login', { delay: 300 });
    app.backend.failNext('/wechat/sign-in', { status: 400, code: 'ACCOUNT_NOT_FOUND' });
    watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    const calls = history.entries.filter(({ record }) => record?.kind === 'call');
    expect(calls.slice(-2)).toMatchObject([
      { actor: 'codes#1', event: 'login LOGIN', took: 300, failure: null },
      { actor: 'silentLogin#1', event: 'signIn', took: 20, failure: 'unregistered' },
    ]);
  });

  it('says of a call that hangs that nothing has come of it, and of one that was given up that it was (G-09)', async () => {
    const { app, history } = await createFollowedApp();
    app.backend.failNext('/wechat/sign-in', { hang: true });
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const exchange = () => history.entries.find(({ event }) => event === 'signIn');
    expect(exchange()).toMatchObject({ took: null });
    await app.clock.advance(10 * second);
    expect(exchange()).toMatchObject({ took: 10 * second, left: true, failure: null });
  });

  it('names no event, actor or call by what is secret, and none at length (G-23)', () => {
    const told: unknown[] = [];
    const recorder = createRecorder({ chart: () => {}, record: (record) => told.push(record) }, () => 0);
    const machine = createMachine({ id: 'sender', on: { '*': {} } });
    const { inspect } = recorder;
    const actor = createActor(machine, { inspect }).start();
    const companion = fromCallback(() => {});
    actor.send({ type: 'SENT.13800000000', ...{ phone: '13800000000' } });
    actor.send({ type: 'x'.repeat(1000) });
    createActor(
      createMachine({
        entry: [spawnChild(machine, { id: '13800000000' }), spawnChild(companion, { id: 'to-13800000000' })],
      }),
      { inspect },
    ).start();
    expect(JSON.stringify(told)).not.toContain('13800000000');
    expect(told).toContainEqual(expect.objectContaining({ event: expect.objectContaining({ type: 'SENT.phone#1' }) }));
    expect(JSON.stringify(told)).toContain(`${'x'.repeat(299)}…`);
  });

  it('says where records are missing, and how many', async () => {
    const { app, history } = await createFollowedApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const { records } = history;
    const later = createHistory();
    later.take([...records.slice(0, 3), ...records.slice(8)]);
    expect(later.entries.flatMap(({ lost }) => lost ?? [])).toEqual([5]);
  });

  it('lets the oldest entries go, and still says where a chart was that has not moved since, unless it has ended', () => {
    const history = createHistory({ limit: 10 });
    const step = { kind: 'step', at: 0, status: 'active', machine: 'm', event: { type: 'GO' } } as const;
    history.take([{ ...step, seq: 1, order: 1, actor: 'quiet', value: 'resting' }]);
    for (let seq = 2; seq <= 100; seq += 1) {
      history.take([{ ...step, seq, order: seq, actor: 'busy', value: `state${seq}` }]);
    }
    expect(history.entries.length).toBeLessThanOrEqual(11);
    expect(history.forgotten).toBe(100 - history.entries.length);
    expect([history.valueOf('quiet'), history.valueOf('busy')]).toEqual(['resting', 'state100']);
    history.take([{ ...step, seq: 101, order: 101, actor: 'ended', value: 'over', status: 'done' }]);
    for (let seq = 102; seq <= 200; seq += 1) history.take([{ ...step, seq, order: seq, actor: 'busy', value: 'on' }]);
    expect(history.runsOf('m').map(({ actor }) => actor)).toEqual(['quiet', 'busy']);
    // So does a log of it.
    const opened = createHistory();
    opened.take(history.records);
    expect([opened.valueOf('quiet'), opened.valueOf('busy')]).toEqual(['resting', 'on']);
  });

  it('counts as running what has begun and not ended', () => {
    const history = createHistory();
    const step = { kind: 'step', at: 0, machine: 'm', event: { type: 'GO' }, value: 'here', actor: 'm#1' } as const;
    history.take([
      { ...step, seq: 1, order: 1, status: 'active' },
      { ...step, seq: 2, order: 2, status: 'done' },
    ]);
    expect([history.isActive('m#1', 0), history.isActive('m#1', 1), history.isActive('m#1')]).toEqual([
      false,
      true,
      false,
    ]);
    expect(history.valueOf('m#1')).toBe('here');
  });
});

describe('the path of a state', () => {
  it('joins parallel states, and names those that have none inside', () => {
    expect(pathOf({ prompt: { claimed: 'quiet' }, popups: {}, name: 'known' })).toBe(
      'prompt.claimed.quiet | popups | name.known',
    );
  });
});
