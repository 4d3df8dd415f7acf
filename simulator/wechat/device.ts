import { type Clock, systemClock } from '../../ports/clock.js';
import type { Press } from '../host/button.js';
import { createCallLog, type HostCall } from '../host/call-log.js';
import { createCaller } from '../host/caller.js';
import { createFaults, type Faults } from '../host/faults.js';
import { createGesture } from '../host/gesture.js';
import { HostFailure } from '../host/host-failure.js';
import { createHostStore } from '../host/host-store.js';
import { createHungCalls, type HungCall } from '../host/hung-calls.js';
import { createNetwork } from '../host/network.js';
import type { Fetch } from '../host/request.js';
import { type Answers, createSheets, type Picture, type Sheet } from '../host/sheets.js';
import type { WebSocketClass } from '../host/sockets.js';
import { createTemporaryFiles } from '../host/temporary-files.js';
import { isSince } from '../host/versions.js';
import type { Person } from '../people.js';
import type { AppFacts } from './app-apis.js';
import type { WechatCloud } from './cloud-port.js';
import { createHost } from './host.js';
import type { HostCallName, WechatHost } from './host-object.js';
import type { ButtonHandlers, NativeButton } from './native-button.js';
import { networkFailures } from './network-failures.js';
import { createNicknameInput, type NicknameHandlers, type NicknameInput } from './nickname-input.js';
import { createPrivacy } from './privacy.js';
import type { AuthSetting } from './profile-apis.js';
import type { Question } from './question.js';

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
  /** When this version of the app was published, in milliseconds since the epoch (W-08); default is now. */
  publishedAt?: number;
  /** Whether the person has agreed to the app's privacy guide (W-16); default `true`. */
  privacyAgreed?: boolean;
  /** Default: real time. */
  clock?: Clock;
  /** Where `wx.request` and `wx.uploadFile` go; default is real HTTP. */
  fetch?: Fetch;
  /** What `wx.connectSocket` connects by; default is the global one, where there is one. */
  WebSocket?: WebSocketClass;
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
  readonly calls: readonly HostCall<HostCallName>[];
  /** The most calls of `api` that ever waited for an answer at the same time. */
  maxConcurrent(api: HostCallName): number;

  readonly faults: Faults<HostCallName>;
  /** The calls of `api` that hang, oldest first. */
  pending(api: HostCallName): readonly HungCall[];

  /** Whether a tap's handler is running. */
  readonly inGesture: boolean;
  /**
   * A tap of the person's finger. Its gesture lasts as long as the handler's call stack: what the handler does after an
   * `await` is outside (W-10).
   */
  tap<T>(handler: () => T): T;

  /**
   * A finger presses a button of the page: its `tap` handler runs in the gesture, then the host does what its open-type
   * says and, after the person's answer, tells the button's event.
   */
  press(button: NativeButton, handlers?: ButtonHandlers): Press<Question>;
  /** An `<input type="nickname">` of the page (W-12). */
  nicknameInput(handlers: NicknameHandlers): NicknameInput;

  /** A file that the running app has, however it came by it: its temporary path, which ends with the app (G-22). */
  temporaryFile(picture: Picture): string;

  /** What the person answers by habit. */
  readonly answers: Answers<Question>;
  /** The sheets that the person sees, oldest first. */
  readonly sheets: readonly Sheet<Question>[];
  /** Tells each time a sheet opens or closes. Answers how to stop listening. */
  onSheetsChanged(listener: () => void): () => void;
  /** What the host has shown by itself in passing, oldest first (W-15). */
  readonly toasts: readonly string[];

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

const TIMEOUT_ERRNO = 5;

/** Makes a device that is online, its app in the foreground, its store empty. */
export function createWechatDevice(options: WechatDeviceOptions): WechatDevice {
  const { cloud, appId, person, baseLibrary = '3.7.0', system = 'Android 14', envVersion = 'release' } = options;
  const { clock = systemClock, fetch = globalThis.fetch, latency = 20 } = options;
  const { WebSocket = globalThis.WebSocket } = options;
  const { publishedAt = clock.now(), privacyAgreed = true } = options;

  const platform = system.startsWith('iOS') ? 'ios' : 'android';
  const facts: AppFacts = { appId, baseLibrary, system, platform, envVersion, publishedAt };
  const account = { appId, personId: person.id };
  const network = createNetwork(networkFailures(platform));
  const store = createHostStore();
  const faults = createFaults<HostCallName>();
  const hung = createHungCalls<HostCallName>();
  const sheets = createSheets<Question>();
  const privacy = createPrivacy(clock, sheets, privacyAgreed);
  const authSetting: AuthSetting = new Map();
  const toasts: string[] = [];
  let launches = 0;
  const gesture = createGesture();
  const log = createCallLog<HostCallName>(clock, () => gesture.isOn);

  let files = createTemporaryFiles('wxfile', launches);

  const boot = () => {
    launches += 1;
    files = createTemporaryFiles('wxfile', launches);
    const tellsErrno = isSince(baseLibrary, '2.24.0');
    const caller = createCaller<HostCallName>({
      clock,
      log,
      hung,
      takeFault: faults.take,
      latency,
      told: ({ errno, ...others }) => (tellsErrno && errno !== undefined ? { errno, ...others } : others),
      timedOut: () => new HostFailure('timeout', { errno: TIMEOUT_ERRNO }),
    });
    return createHost({
      cloud,
      account,
      facts,
      store,
      network,
      fetch,
      WebSocket,
      caller,
      sheets,
      privacy,
      authSetting,
      files,
      isInGesture: () => gesture.isOn,
      tap: gesture.tap,
      toast: (text) => void toasts.push(text),
    });
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
      return gesture.isOn;
    },
    tap: gesture.tap,
    press: (button, handlers) => running.press(button, handlers),
    nicknameInput(handlers) {
      const launch = launches;
      const isAlive = () => launch === launches;
      const isPlain = () => privacy.needsAuthorization && isSince(baseLibrary, '2.32.3');
      return createNicknameInput({ clock, latency, baseLibrary, isPlain, isAlive }, handlers);
    },
    temporaryFile: (picture) => files.add(picture),
    answers: sheets.answers,
    get sheets() {
      return sheets.open;
    },
    onSheetsChanged: sheets.subscribe,
    toasts,
    show: () => running.shown(),
    hide: () => running.hidden(),
    goOffline: () => setOnline(false),
    goOnline: () => setOnline(true),
    restart() {
      running.kill();
      hung.clear();
      sheets.clear();
      privacy.forgetApp();
      running = boot();
    },
  };
}
