import type { InspectionEvent } from 'xstate';
import { type Clock, systemClock } from '../ports/clock.js';
import type { Platform } from '../ports/platform.js';
import type { State } from './chart.js';
import { createLine } from './line.js';
import { createOutbox } from './outbox.js';
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
  /** Hears, once, why nobody will ever listen. Default: a warning on the console. */
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
  const { url, token, buffer = 5000, clock = systemClock, random = Math.random, onProblem = warn } = options;
  const host = 'platform' in options ? options.platform.name : '';
  const device = { run: runName(clock, random), name: options.device ?? (host || 'device'), host };
  const open = openerOf(options);
  const outbox = createOutbox(Math.max(1, buffer));
  const charts: State[] = [];
  let status: InspectorStatus = open ? 'connecting' : 'refused';
  let isGathering = false;
  /** The newest record, the newest that was told, and the newest that has arrived. */
  let newest = 0;
  let told = 0;
  let arrived = 0;
  let chartsTold = 0;
  let patience: unknown = null;
  let hasComplained = false;

  const complain = (problem: string) => {
    if (hasComplained) return;
    hasComplained = true;
    try {
      onProblem(problem);
    } catch {
      // Who hears of problems must not make one.
    }
  };

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
      const chart = charts[chartsTold];
      if (chart) say({ type: 'chart', chart });
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
      chart: (chart) => void charts.push(chart),
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

function reasonOf(reason: unknown): RefusalReason {
  return reason === 'token' || reason === 'protocol' || reason === 'crowded' ? reason : 'nonsense';
}

function openerOf(options: InspectorOptions): OpenSocket | null {
  return 'platform' in options ? socketsOf(options.platform.host) : hostSockets(options.connectSocket);
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
