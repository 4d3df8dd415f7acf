import type { InspectionEvent } from 'xstate';
import { type Clock, systemClock } from '../ports/clock.js';
import type { Platform } from '../ports/platform.js';
import type { State } from './chart.js';
import { cut, LONGEST_DEVICE, MOST_CHARTS } from './limits.js';
import { createLine } from './line.js';
import { bytesOf, createOutbox } from './outbox.js';
import { createRecorder } from './recorder.js';
import { type ConnectSocket, hostSockets, type OpenSocket, socketsOf } from './socket.js';
import { DEVICE_PATH, type FromDevice, PROTOCOL, type RefusalReason } from './wire.js';

export interface InspectorSettings {
  /** Where `npx denglu inspect` listens, as it says: `ws://192.168.1.7:6010`. */
  url: string;
  /** The pairing token, as it says. */
  token: string;
  /** What this device is called on the page; default: its host. */
  device?: string;
  /** How many records are kept for who listens later; the oldest give way. Default 5,000. */
  buffer?: number;
  /** Hears, each once, why nobody will ever listen, and what could not be told. Default: a warning on the console. */
  onProblem?: (problem: string) => void;
  /** Default: the system's. */
  clock?: Clock;
  /** Jitter: at least 0 and below 1. Default: `Math.random`. */
  random?: () => number;
}

/** By what it connects: the sockets of the app's platform, or a host's own `connectSocket`. */
export type InspectorOptions = InspectorSettings &
  ({ platform: Pick<Platform, 'host' | 'name'> } | { connectSocket: ConnectSocket });

/**
 * - `connecting`: nobody listens yet, or not now. It tries again, ever more seldom, up to every 15 seconds
 * - `connected`
 * - `refused`: the token is wrong, or the command is of another version
 * - `closed`: by the app
 */
export type InspectorStatus = 'connecting' | 'connected' | 'refused' | 'closed';

/** What `createAuth` takes as `inspect`. */
export interface Inspector {
  (event: InspectionEvent): void;
  getStatus(): InspectorStatus;
  /** Ends it for good. */
  close(): void;
}

/** How long records are gathered before they are sent, in milliseconds. */
const GATHERING = 50;
/** The other side takes nothing longer, in bytes. */
const LONGEST_CHART = 1024 * 1024;
const MOST_PROBLEMS = 20;
/** So many may be on their way before the other side has said that it got some. */
const WINDOW = 2000;
/** For the other side to say so, in milliseconds: a phone may not notice that its connection is gone. */
const PATIENCE = 10_000;

/**
 * Tells `npx denglu inspect` what the flows of an app do. What is secret stays on the device, and a stable placeholder
 * goes in its place (G-23). It never throws into the app, and sends nothing in the app's own stack.
 *
 * @example
 * const platform = wechat()
 * const inspect = createInspector({ platform, url: 'ws://127.0.0.1:6010', token: '…' })
 * const auth = createAuth({ platform, backend, inspect })
 */
export function createInspector(options: InspectorOptions): Inspector {
  try {
    const problem = problemOf(options);
    return problem === null ? inspectorOf(options) : refusing(problem, options);
  } catch (error) {
    return refusing(`Nothing can be inspected. 无法查看:${String(error)}`, options);
  }
}

/** What is wrong with the settings; nothing is, where it is `null`. */
function problemOf({ url, token, buffer = 1 }: { url: unknown; token: unknown; buffer?: unknown }): string | null {
  if (typeof url !== 'string' || !/^(ws|http)s?:\/\/[^\s/?#]+/.test(url)) {
    return `The url is none that \`npx denglu inspect\` printed. url 不是 \`npx denglu inspect\` 显示的地址:${String(url)}`;
  }
  if (typeof token !== 'string' || token === '') {
    return 'The token is missing that `npx denglu inspect` printed. 缺少 `npx denglu inspect` 显示的令牌 token。';
  }
  if (typeof buffer === 'number' && buffer >= 1 && buffer <= LARGEST_BUFFER && buffer % 1 === 0) return null;
  return `The buffer is a number from 1 to ${LARGEST_BUFFER}. buffer 须为 1 到 ${LARGEST_BUFFER} 的整数:${String(buffer)}`;
}

/** One that inspects nothing, and has said why. */
function refusing(problem: string, options: unknown): Inspector {
  const listener: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'onProblem') : null;
  createComplaints((said) => (typeof listener === 'function' ? listener(said) : warn(said)))(problem);
  return Object.assign(() => {}, { getStatus: () => 'refused' as const, close: () => {} });
}

/** In records, some kilobytes each. */
const LARGEST_BUFFER = 100_000;

function inspectorOf(options: InspectorOptions): Inspector {
  const { url, token, buffer = 5000, clock = systemClock, random = Math.random, onProblem = warn } = options;
  const host = 'platform' in options ? options.platform.name : '';
  const device = {
    run: runName(clock, random),
    name: cut(String(options.device ?? (host || 'device')), LONGEST_DEVICE),
    host,
  };
  const open = openerOf(options);
  const outbox = createOutbox(buffer);
  const charts: State[] = [];
  let status: InspectorStatus = open ? 'connecting' : 'refused';
  let isGathering = false;
  /** The newest record, the newest that was told, and the newest that has arrived. */
  let newest = 0;
  let told = 0;
  let arrived = 0;
  let chartsTold = 0;
  let patience: unknown = null;
  const complain = createComplaints(onProblem);

  const line = createLine({
    open: open ?? noSockets,
    url: addressOf(url),
    clock,
    random,
    listener: {
      up: () => say({ type: 'hello', protocol: PROTOCOL, token, device }),
      heard,
      down() {
        clock.clearTimeout(patience);
        if (status === 'connected') status = 'connecting';
      },
    },
  });
  if (!open) {
    line.close();
    complain('This host opens no sockets: nobody can inspect the app. 宿主没有 socket 接口,无法查看。');
  }

  function say(message: FromDevice): void {
    line.say(JSON.stringify(message));
  }

  function heard(text: string): void {
    const message = parse(text);
    const seq: unknown = Reflect.get(message, 'seq');
    switch (Reflect.get(message, 'type')) {
      case 'welcome':
        status = 'connected';
        arrived = typeof seq === 'number' ? seq : 0;
        told = arrived;
        if (arrived === 0) chartsTold = 0;
        gather();
        return;
      case 'got':
        if (typeof seq === 'number') arrived = Math.max(arrived, seq);
        clock.clearTimeout(patience);
        patience = null;
        gather();
        return;
      case 'skipped':
        complain(SKIPPED);
        return;
      case 'refused':
        status = 'refused';
        line.close();
        complain(refusals[reasonOf(Reflect.get(message, 'reason'))]);
        return;
      default:
        return;
    }
  }

  /** Soon, and never in the stack of an event: the app goes first. */
  function gather(): void {
    if (isGathering || status !== 'connected') return;
    isGathering = true;
    clock.setTimeout(() => {
      isGathering = false;
      flush();
    }, GATHERING);
  }

  function flush(): void {
    if (status !== 'connected') return;
    for (; chartsTold < charts.length; chartsTold += 1) {
      const text = JSON.stringify({ type: 'chart', chart: charts[chartsTold] });
      if (bytesOf(text) < LONGEST_CHART) line.say(text);
      else complain(`A chart is too large to be told. 有状态图过大,无法传出:${charts[chartsTold]?.id}`);
    }
    while (told < newest && told - arrived < WINDOW) {
      const batch = outbox.next(told);
      if (!batch) break;
      line.say(`{"type":"records","records":${batch.text}}`);
      told = batch.last;
    }
    if (arrived < told && patience === null) {
      patience = clock.setTimeout(() => {
        patience = null;
        line.renew();
      }, PATIENCE);
    }
  }

  const recorder = createRecorder(
    {
      chart(chart) {
        if (charts.length < MOST_CHARTS) charts.push(chart);
        else complain('There are too many charts: some are not shown. 状态图过多,有一些不会显示。');
      },
      record(record) {
        newest = record.seq;
        outbox.put(record);
        gather();
      },
    },
    () => clock.now(),
  );

  const inspect = (event: InspectionEvent): void => {
    if (status === 'refused' || status === 'closed') return;
    try {
      recorder.inspect(event);
    } catch (error) {
      complain(`An event could not be told. 有事件无法记录:${String(error)}`);
    }
  };

  return Object.assign(inspect, {
    getStatus: () => status,
    close() {
      if (status !== 'refused') status = 'closed';
      clock.clearTimeout(patience);
      line.close();
    },
  });
}

const refusals: Readonly<Record<RefusalReason, string>> = {
  token:
    'The pairing token is not the one that `npx denglu inspect` printed. 配对令牌与 `npx denglu inspect` 显示的不同。',
  protocol: '`npx denglu inspect` is of another version than this app. `npx denglu inspect` 与本应用的版本不同。',
  nonsense: '`npx denglu inspect` did not understand this app. `npx denglu inspect` 无法理解本应用。',
  crowded: '`npx denglu inspect` has too many devices. 连接 `npx denglu inspect` 的设备过多。',
};

const SKIPPED =
  '`npx denglu inspect` passed over something that it did not understand. `npx denglu inspect` 跳过了无法理解的内容。';

/** Says each problem once, and is never one itself. */
function createComplaints(onProblem: (problem: string) => void): (problem: string) => void {
  const said = new Set<string>();
  return (problem) => {
    if (said.has(problem) || said.size >= MOST_PROBLEMS) return;
    said.add(problem);
    try {
      onProblem(problem);
    } catch {
      // Who hears of problems must not make one.
    }
  };
}

function reasonOf(reason: unknown): RefusalReason {
  return reason === 'token' || reason === 'protocol' || reason === 'crowded' ? reason : 'nonsense';
}

function openerOf(options: InspectorOptions): OpenSocket | null {
  if ('platform' in options) return socketsOf(options.platform.host);
  return typeof options.connectSocket === 'function' ? hostSockets(options.connectSocket) : null;
}

function noSockets(): never {
  throw new Error('There are no sockets.');
}

/** The page's address is taken too. */
function addressOf(url: string): string {
  return `${url
    .replace(/^http/, 'ws')
    .replace(/[/?#]*$/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')}${DEVICE_PATH}`;
}

/** No two runs of one command are likely to have the same. */
function runName(clock: Clock, random: () => number): string {
  return [clock.now(), random() * 1e9, random() * 1e9].map((part) => Math.floor(part).toString(36)).join('-');
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function warn(problem: string): void {
  console.warn(`denglu/inspect: ${problem}`);
}
