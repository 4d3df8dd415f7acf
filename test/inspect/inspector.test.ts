import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { baidu } from '../../adapters/baidu.js';
import { createInspector, type Inspector, type InspectorSettings, type SocketTask } from '../../inspect/index.js';
import { readChart, readRecord } from '../../inspect/read.js';
import { createVirtualClock } from '../../simulator/index.js';
import { createTestApp, watch } from '../support/app.js';
import { createBaiduTestApp } from '../support/baidu-app.js';
import { startRunner } from './support/phone.js';

const second = 1000;
const minute = 60 * second;

interface Sent {
  readonly type: string;
  readonly records?: readonly { readonly seq: number }[];
}

/** The other end of a device's line, in virtual time: what came, and what a test lets happen to it. */
function createWire() {
  const clock = createVirtualClock();
  const sent: Sent[] = [];
  const connections: { open(): void; close(): void; say(message: object): void; readonly isClosed: boolean }[] = [];
  const addresses: string[] = [];
  /** Of each message, in bytes. */
  const lengths: number[] = [];
  let inStack = true;

  const connectSocket = ({ url }: { url: string }): SocketTask => {
    if (inStack) throw new Error('connected in the app’s own stack');
    addresses.push(url);
    const listeners: Record<string, (message: { data: unknown }) => void> = {};
    let isClosed = false;
    connections.push({
      open: () => listeners.open?.({ data: '' }),
      close: () => listeners.close?.({ data: '' }),
      say: (message) => listeners.message?.({ data: JSON.stringify(message) }),
      get isClosed() {
        return isClosed;
      },
    });
    return {
      send: ({ data }) => {
        if (inStack) throw new Error('sent in the app’s own stack');
        sent.push(JSON.parse(data));
        lengths.push(Buffer.byteLength(data));
      },
      close() {
        isClosed = true;
      },
      onOpen: (listener) => {
        listeners.open = listener;
      },
      onMessage: (listener) => {
        listeners.message = listener;
      },
      onClose: (listener) => {
        listeners.close = listener;
      },
      onError: () => {},
    };
  };
  const outside = <T>(act: () => T): T => {
    inStack = false;
    try {
      return act();
    } finally {
      inStack = true;
    }
  };
  const pass = async (time: number) => {
    inStack = false;
    await clock.advance(time);
    inStack = true;
  };
  return {
    clock,
    sent,
    lengths,
    addresses,
    connections,
    connectSocket,
    pass,
    last: () => connections.at(-1),
    /** The newest connection comes about, and the other side has the records up to `seq`. */
    welcome: (seq: number) =>
      outside(() => {
        connections.at(-1)?.open();
        connections.at(-1)?.say({ type: 'welcome', seq });
      }),
    outside,
    seqs: () => sent.flatMap(({ records = [] }) => records.map(({ seq }) => seq)),
  };
}

type Wire = ReturnType<typeof createWire>;

const make = (
  { clock, connectSocket }: Pick<Wire, 'clock' | 'connectSocket'>,
  settings: Partial<InspectorSettings> = {},
) =>
  createInspector({ connectSocket, url: 'ws://dev.test:6010', token: 'token', clock, random: () => 0.5, ...settings });

const readDeviceName = (hello: Sent | undefined): unknown =>
  Reflect.get(Object(Reflect.get(Object(hello), 'device')), 'name');

/** An app in its own time, with so many records told. */
async function record(inspector: ReturnType<typeof make>): Promise<void> {
  const app = createTestApp({ inspect: inspector });
  watch(app.auth.ensure());
  await app.clock.advance(2 * second);
}

describe('the inspector in an app', () => {
  it('connects after the app has started, says who it is, and sends charts before records', async () => {
    const wire = createWire();
    const inspector = make(wire, { device: 'my phone' });
    await record(inspector);
    await wire.pass(1);
    expect([inspector.getStatus(), wire.addresses]).toEqual(['connecting', ['ws://dev.test:6010/device']]);
    wire.welcome(0);
    await wire.pass(second);
    expect(inspector.getStatus()).toBe('connected');
    expect(wire.sent[0]).toMatchObject({ type: 'hello', token: 'token', device: { name: 'my phone' } });
    const types = wire.sent.map(({ type }) => type);
    expect([...new Set(types)]).toEqual(['hello', 'chart', 'records']);
    expect(wire.seqs()).toEqual(wire.seqs().map((_, index) => index + 1));
    expect(wire.seqs().length).toBeGreaterThan(10);
  });

  it.each(['http://dev.test:6010/#abc', 'ws://dev.test:6010/', 'http://dev.test:6010'])(
    'takes the address of the page for that of the command: %s',
    async (url) => {
      const wire = createWire();
      make(wire, { url });
      await wire.pass(1);
      expect(wire.addresses).toEqual(['ws://dev.test:6010/device']);
    },
  );

  it('sends again what the other side does not have, and no more', async () => {
    const wire = createWire();
    const inspector = make(wire);
    await record(inspector);
    await wire.pass(1);
    wire.welcome(0);
    await wire.pass(second);
    const all = wire.seqs().length;
    wire.outside(() => wire.last()?.close());
    wire.sent.length = 0;
    await wire.pass(second);
    wire.welcome(all - 3);
    await wire.pass(second);
    expect(wire.seqs()).toEqual([all - 2, all - 1, all]);
    expect(wire.sent.filter(({ type }) => type === 'chart')).toEqual([]);
  });

  it('keeps where a quiet chart is, whatever else had to give way', async () => {
    const wire = createWire();
    const inspector = make(wire, { buffer: 5 });
    const quiet = startRunner(inspector);
    quiet.send({ type: 'STEP' });
    const busy = startRunner(inspector);
    for (let step = 0; step < 50; step += 1) busy.send({ type: 'STEP' });
    await wire.pass(1);
    wire.welcome(0);
    await wire.pass(second);
    expect(wire.seqs()).toEqual([2, 49, 50, 51, 52, 53]);
  });

  it('keeps no more than it was told to, and the numbers say what is missing', async () => {
    const wire = createWire();
    const inspector = make(wire, { buffer: 5 });
    await record(inspector);
    await wire.pass(1);
    wire.welcome(0);
    await wire.pass(second);
    const seqs = wire.seqs();
    expect(seqs).toHaveLength(5);
    expect(seqs[0]).toBeGreaterThan(1);
  });

  it('tries ever more seldom, up to every 15 seconds, and never gives up', async () => {
    const wire = createWire();
    const inspector = make(wire);
    const at: number[] = [];
    for (let step = 0; step < 20 * 60; step += 1) {
      const before = wire.connections.length;
      await wire.pass(100);
      if (wire.connections.length === before) continue;
      at.push(wire.clock.now());
      wire.outside(() => wire.last()?.close());
    }
    const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(waits[0]).toBeLessThan(second);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15 * second);
    expect(waits.at(-1)).toBeGreaterThan(5 * second);
    expect(inspector.getStatus()).toBe('connecting');
  });

  it('makes another connection where the host never says what became of one, and where nobody answers', async () => {
    const wire = createWire();
    const inspector = make(wire);
    await wire.pass(15 * second);
    expect(wire.connections.length).toBeGreaterThan(1);
    wire.welcome(0);
    await record(inspector);
    await wire.pass(second);
    const before = wire.connections.length;
    await wire.pass(15 * second);
    expect(wire.connections.length).toBe(before + 1);
    expect(wire.connections[before - 1]?.isClosed).toBe(true);
  });

  it('has no more on its way than the other side can take', async () => {
    const wire = createWire();
    const inspector = make(wire, { buffer: 10_000 });
    await wire.pass(1);
    wire.welcome(0);
    const runner = startRunner(inspector);
    for (let step = 0; step < 5000; step += 1) runner.send({ type: 'STEP' });
    await wire.pass(second);
    const [first] = [wire.seqs().length];
    expect(first).toBeLessThanOrEqual(2200);
    wire.outside(() => wire.last()?.say({ type: 'got', seq: first }));
    await wire.pass(second);
    expect(wire.seqs().length).toBeGreaterThan(first);
  });

  it('sends no message that the other side would not take, however much the events carry', async () => {
    const wire = createWire();
    const inspector = make(wire);
    await wire.pass(1);
    wire.welcome(0);
    const runner = startRunner(inspector);
    const orders = Array.from({ length: 60 }, () => ({ note: '备注'.repeat(250) }));
    for (let step = 0; step < 300; step += 1) runner.send({ type: 'STEP', orders });
    await wire.pass(second);
    expect(wire.seqs()).toHaveLength(301);
    expect(Math.max(...wire.lengths)).toBeLessThan(300 * 1024);
  });

  it('stops for good where it is refused, says so once, and records no more', async () => {
    const wire = createWire();
    const problems: string[] = [];
    const inspector = make(wire, { onProblem: (problem) => problems.push(problem) });
    await wire.pass(1);
    wire.outside(() => {
      wire.last()?.open();
      wire.last()?.say({ type: 'refused', reason: 'token' });
    });
    await record(inspector);
    await wire.pass(10 * minute);
    expect([inspector.getStatus(), wire.connections.length]).toEqual(['refused', 1]);
    expect(problems).toEqual([expect.stringContaining('token')]);
  });

  it('never throws into the app: not where the host has no sockets, nor where everything fails', async () => {
    const problems: string[] = [];
    const clock = createVirtualClock();
    const settings = { url: 'ws://x', token: 't', clock, onProblem: (problem: string) => problems.push(problem) };
    const none = createInspector({ platform: { host: {}, name: 'browser' }, ...settings });
    expect(none.getStatus()).toBe('refused');
    expect(problems).toHaveLength(1);
    const throwing = createInspector({
      connectSocket() {
        throw new Error('too many');
      },
      ...settings,
    });
    const app = createTestApp({ inspect: throwing });
    const session = watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    await clock.advance(minute);
    throwing.close();
    expect(session.outcome).toHaveProperty('value');
    expect(app.problems).toEqual([]);
  });

  it.each([
    { url: undefined },
    { url: 'hello' },
    { url: 'ws://' },
    { token: undefined },
    { token: '' },
    { buffer: 1.5 },
    { buffer: 0 },
    { buffer: Number.NaN },
    { buffer: Number.POSITIVE_INFINITY },
    { connectSocket: undefined },
    { platform: undefined },
  ])('says what is wrong with %j, and neither throws nor tries', async (settings) => {
    const wire = createWire();
    const problems: string[] = [];
    const { clock, connectSocket } = wire;
    const onProblem = (problem: string) => problems.push(problem);
    const options = { connectSocket, url: 'ws://dev.test:6010', token: 't', clock, onProblem, ...settings };
    const inspector: Inspector = Reflect.apply(createInspector, null, [options]);
    await record(inspector);
    await wire.pass(minute);
    expect([inspector.getStatus(), wire.connections.length, problems.length]).toEqual(['refused', 0, 1]);
    inspector.close();
  });

  it('is refused where it is given nothing at all', () => {
    const inspector: Inspector = Reflect.apply(createInspector, null, []);
    expect(inspector.getStatus()).toBe('refused');
  });

  it('cuts names that are too long, tells equal ids apart, and says which charts are not told', async () => {
    const wire = createWire();
    const problems: string[] = [];
    const inspector = make(wire, { device: 'd'.repeat(500), onProblem: (problem) => problems.push(problem) });
    const run = (config: Parameters<typeof createMachine>[0]) =>
      createActor(createMachine(config), { inspect: inspector }).start();
    const guard = Object.defineProperty(() => true, 'name', { value: 'g'.repeat(1000) });
    run({ on: { GO: { guard } }, initial: 'k'.repeat(1000), states: { ['k'.repeat(1000)]: {} } });
    run({ initial: 'a', states: { a: { id: 'same' }, b: { id: 'other' } } });
    run({ initial: 'a', states: { a: { id: 'same' }, b: { id: 'other' } } });
    const description = 'd'.repeat(5000);
    const states = Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`s${at}`, { description }]));
    run({ id: 'huge', initial: 's0', states });
    await wire.pass(1);
    wire.welcome(0);
    await wire.pass(second);
    const charts = wire.sent.flatMap((message) => ('chart' in message ? [readChart(message.chart)] : []));
    expect(charts.map((chart) => chart?.id)).toEqual(['(machine)', '(machine)~2']);
    expect(readDeviceName(wire.sent[0])).toHaveLength(80);
    const records = wire.sent.flatMap(({ records = [] }) => records);
    expect(records.map(readRecord)).not.toContain(null);
    expect(problems).toEqual([expect.stringContaining('huge')]);
  });

  it('says once that something was passed over, and goes on', async () => {
    const wire = createWire();
    const problems: string[] = [];
    const inspector = make(wire, { onProblem: (problem) => problems.push(problem) });
    await wire.pass(1);
    wire.welcome(0);
    wire.outside(() => {
      wire.last()?.say({ type: 'skipped', count: 1 });
      wire.last()?.say({ type: 'skipped', count: 2 });
    });
    expect([inspector.getStatus(), problems]).toEqual(['connected', [expect.stringContaining('passed over')]]);
  });

  it('connects by what Baidu has, too', async () => {
    const wire = createWire();
    const swan = { ...createBaiduTestApp().device.swan, connectSocket: wire.connectSocket };
    const inspector = createInspector({ platform: baidu({ swan }), url: 'ws://x', token: 't', clock: wire.clock });
    await wire.pass(1);
    wire.welcome(0);
    expect([inspector.getStatus(), wire.sent[0]]).toMatchObject(['connected', { device: { host: 'baidu' } }]);
    inspector.close();
  });

  it('connects by the browser’s own sockets where kbone’s page is in one (K-03)', async () => {
    const clock = createVirtualClock();
    const made: FakeSocket[] = [];
    class FakeSocket {
      onopen = () => {};
      onmessage = (_: { data: unknown }) => {};
      onclose = () => {};
      readonly sent: string[] = [];
      constructor(readonly url: string) {
        made.push(this);
      }
      send(text: string) {
        this.sent.push(text);
      }
      close() {}
    }
    const platform = { host: { WebSocket: FakeSocket }, name: 'browser' as const };
    const inspector = createInspector({ platform, url: 'ws://dev.test', token: 't', clock });
    await clock.advance(1);
    made[0]?.onopen();
    made[0]?.onmessage({ data: '{"type":"welcome","seq":0}' });
    expect(inspector.getStatus()).toBe('connected');
    expect(made[0]?.sent[0]).toContain('"host":"browser"');
    made[0]?.onclose();
    expect(inspector.getStatus()).toBe('connecting');
    await clock.advance(second);
    expect(made).toHaveLength(2);
    inspector.close();
  });

  it('ends at once, for good, where the app closes it', async () => {
    const wire = createWire();
    const inspector = make(wire);
    await wire.pass(1);
    wire.welcome(0);
    inspector.close();
    await record(inspector);
    await wire.pass(10 * minute);
    expect([inspector.getStatus(), wire.connections.length, wire.seqs()]).toEqual(['closed', 1, []]);
  });
});
