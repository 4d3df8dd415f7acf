import { type Clock, systemClock } from '../../ports/clock.js';
import type { Person } from '../people.js';
import type { AppFacts } from './app-apis.js';
import { createCallLog, type HostCall } from './call-log.js';
import { createCaller } from './caller.js';
import type { WechatCloud } from './cloud-port.js';
import { createFaults, type Faults } from './faults.js';
import { createHost } from './host.js';
import type { HostApi, WechatHost } from './host-object.js';
import { createHostStore } from './host-store.js';
import { createHungCalls, type HungCall } from './hung-calls.js';
import { createNetwork } from './network.js';
import type { Fetch } from './request.js';
import { compareVersions } from './versions.js';

export interface WechatDeviceOptions {
  /** `world.wechat`, or `remoteCloud(…)` for a world in another process. */
  cloud: WechatCloud;
  /** The mini-program that is open on the device. */
  appId: string;
  /** Who is signed in to WeChat on the device. */
  person: Pick<Person, 'id'>;
  /** The version of the base library; default `3.7.0`. */
  baseLibrary?: string;
  /** Default `Android 14`. */
  system?: `Android ${string}` | `iOS ${string}`;
  /** Default `release`. */
  envVersion?: AppFacts['envVersion'];
  /** Default: real time. */
  clock?: Clock;
  /** Where `wx.request` goes; default is real HTTP. */
  fetch?: Fetch;
  /** How long an asynchronous call of the host takes, in milliseconds; default 20. */
  latency?: number;
}

/** A phone with WeChat and one open mini-program, and what a test may do to it. */
export interface WechatDevice {
  /** The host object of the running app; {@link WechatDevice.restart} makes a new one. */
  readonly wx: WechatHost;
  readonly clock: Clock;
  readonly online: boolean;

  /** Every call of a host API so far, oldest first. */
  readonly calls: readonly HostCall[];
  /** The most calls of `api` that ever waited for an answer at the same time. */
  maxConcurrent(api: HostApi): number;

  readonly faults: Faults;
  /** The calls of `api` that hang, oldest first. */
  pending(api: HostApi): readonly HungCall[];

  /** Whether a tap's handler is running. */
  readonly inGesture: boolean;
  /**
   * A tap of the person's finger. Its gesture lasts as long as the handler's call stack: what the handler does after an
   * `await` is outside (W-10).
   */
  tap<T>(handler: () => T): T;

  /** The app comes to the foreground. */
  show(): void;
  /** The app goes to the background. */
  hide(): void;
  /** The network goes; requests on the way are interrupted. */
  goOffline(): void;
  goOnline(): void;
  /** A cold start: a new host object over the same store. The app that was running hears nothing more. */
  restart(): void;
}

/** Makes a device that is online, its app in the foreground, its store empty. */
export function createWechatDevice(options: WechatDeviceOptions): WechatDevice {
  const { cloud, appId, person, baseLibrary = '3.7.0', system = 'Android 14', envVersion = 'release' } = options;
  const { clock = systemClock, fetch = globalThis.fetch, latency = 20 } = options;

  const platform = system.startsWith('iOS') ? 'ios' : 'android';
  const facts: AppFacts = { appId, baseLibrary, system, platform, envVersion };
  const account = { appId, personId: person.id };
  const network = createNetwork(platform);
  const store = createHostStore();
  const faults = createFaults();
  const hung = createHungCalls();
  let inGesture = false;
  const log = createCallLog(clock, () => inGesture);

  const boot = () => {
    const tellsErrno = compareVersions(baseLibrary, '2.24.0') >= 0;
    const caller = createCaller({ clock, log, hung, takeFault: faults.take, latency, tellsErrno });
    return createHost({ cloud, account, facts, store, network, fetch, caller });
  };
  let running = boot();

  const setOnline = (online: boolean) => {
    if (network.online === online) return;
    network.online = online;
    running.networkChanged();
  };

  return {
    get wx() {
      return running.wx;
    },
    clock,
    get online() {
      return network.online;
    },
    calls: log.calls,
    maxConcurrent: log.maxConcurrent,
    faults,
    pending: hung.of,
    get inGesture() {
      return inGesture;
    },
    tap(handler) {
      inGesture = true;
      try {
        return handler();
      } finally {
        inGesture = false;
      }
    },
    show: () => running.shown(),
    hide: () => running.hidden(),
    goOffline: () => setOnline(false),
    goOnline: () => setOnline(true),
    restart() {
      running.kill();
      hung.clear();
      running = boot();
    },
  };
}
