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
import { createTemporaryFiles } from '../host/temporary-files.js';
import type { Person } from '../people.js';
import type { SwanFacts } from './app-apis.js';
import type { BaiduCloud } from './cloud-port.js';
import { createConsents } from './consents.js';
import { createSwan } from './host.js';
import type { SwanCallName, SwanHost, SwanQuestion } from './host-object.js';
import { createLoginState } from './login-state.js';
import type { SwanButton, SwanButtonHandlers } from './native-button.js';
import { networkFailures } from './network-failures.js';

export interface BaiduDeviceOptions {
  /** `world.baidu`. */
  cloud: BaiduCloud;
  /** The App Key of the mini-program that is open on the device. */
  appKey: string;
  /** Whose Baidu account it is. */
  person: Pick<Person, 'id'>;
  /** Whether they are signed in to the Baidu app (B-01); default `true`. */
  signedIn?: boolean;
  /** Whether `getLoginCode` itself shows the sign-in panel to somebody who is not, as older hosts did; default `false`. */
  asksToSignIn?: boolean;
  /** How 10004 is told beside a success without a code (B-01); default as a number. */
  errCodeAs?: 'number' | 'text';
  /** The version of the base library; default `3.520.1`. */
  baseLibrary?: string;
  /** Default `Android 14`. */
  system?: `Android ${string}` | `iOS ${string}`;
  /** Default: real time. */
  clock?: Clock;
  /** Where `swan.request` and `swan.uploadFile` go; default is real HTTP. */
  fetch?: Fetch;
  /** How long an asynchronous call of the host takes, in milliseconds; default 20. */
  latency?: number;
}

/** A phone with the Baidu app and one open mini-program, and what a test may do to it. */
export interface BaiduDevice {
  /** The host object of the running app; {@link BaiduDevice.restart} makes a new one. */
  readonly swan: SwanHost;
  readonly clock: Clock;
  readonly online: boolean;
  /** Whether the person is signed in to the Baidu app. */
  readonly signedIn: boolean;

  /** Every call of a host API so far, oldest first. */
  readonly calls: readonly HostCall<SwanCallName>[];
  /** The most calls of `api` that ever waited for an answer at the same time. */
  maxConcurrent(api: SwanCallName): number;

  readonly faults: Faults<SwanCallName>;
  /** The calls of `api` that hang, oldest first. */
  pending(api: SwanCallName): readonly HungCall[];

  /** Whether a tap's handler is running. */
  readonly inGesture: boolean;
  /** A tap of the person's finger. Its gesture lasts as long as the handler's call stack. */
  tap<T>(handler: () => T): T;
  /**
   * A finger presses a button of the page: its `tap` handler runs in the gesture, then the host does what its open-type
   * says and, after the person's answer, tells the button's event.
   */
  press(button: SwanButton, handlers?: SwanButtonHandlers): Press<SwanQuestion>;

  /** A file that the running app has: its temporary path, which ends with the app (G-22). */
  temporaryFile(picture: Picture): string;

  /** What the person answers by habit. */
  readonly answers: Answers<SwanQuestion>;
  /** The sheets that the person sees, oldest first; the sign-in panel is one of them. */
  readonly sheets: readonly Sheet<SwanQuestion>[];
  /** Tells each time a sheet opens or closes. Answers how to stop listening. */
  onSheetsChanged(listener: () => void): () => void;
  /** The person takes back in the host's settings what they answered: whoever refused may be asked again (B-07). */
  forgetAnswers(): void;

  /** The person signs in to the Baidu app by themselves. */
  signIn(): void;
  signOut(): void;

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
export function createBaiduDevice(options: BaiduDeviceOptions): BaiduDevice {
  const { cloud, appKey, person, baseLibrary = '3.520.1', system = 'Android 14' } = options;
  const { signedIn = true, asksToSignIn = false, errCodeAs = 'number' } = options;
  const { clock = systemClock, fetch = globalThis.fetch, latency = 20 } = options;

  const platform = system.startsWith('iOS') ? 'ios' : 'android';
  const facts: SwanFacts = { baseLibrary, system, platform };
  const account = { appKey, personId: person.id };
  const network = createNetwork(networkFailures(platform));
  const store = createHostStore();
  const faults = createFaults<SwanCallName>();
  const hung = createHungCalls<SwanCallName>();
  const sheets = createSheets<SwanQuestion>();
  const consents = createConsents();
  const login = createLoginState(signedIn);
  let launches = 0;
  const gesture = createGesture();
  const log = createCallLog<SwanCallName>(clock, () => gesture.isOn);

  let files = createTemporaryFiles('bdfile', launches);

  const boot = () => {
    launches += 1;
    files = createTemporaryFiles('bdfile', launches);
    const caller = createCaller<SwanCallName>({
      clock,
      log,
      hung,
      takeFault: faults.take,
      latency,
      told: (numbers) => numbers,
      timedOut: () => new HostFailure('timeout', { errCode: 10007 }),
    });
    return createSwan({
      cloud,
      account,
      facts,
      store,
      network,
      fetch,
      caller,
      sheets,
      consents,
      login,
      asksToSignIn,
      errCodeAs,
      files,
      tap: gesture.tap,
    });
  };
  let running = boot();

  const setOnline = (online: boolean) => {
    if (network.online === online) return;
    network.online = online;
    running.networkChanged();
  };

  return {
    get swan() {
      return running.swan;
    },
    clock,
    get online() {
      return network.online;
    },
    get signedIn() {
      return login.signedIn;
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
    temporaryFile: (picture) => files.add(picture),
    answers: sheets.answers,
    get sheets() {
      return sheets.open;
    },
    onSheetsChanged: sheets.subscribe,
    forgetAnswers: consents.forget,
    signIn() {
      login.signedIn = true;
    },
    signOut() {
      login.signedIn = false;
    },
    show: () => running.shown(),
    hide: () => running.hidden(),
    goOffline: () => setOnline(false),
    goOnline: () => setOnline(true),
    restart() {
      running.kill();
      hung.clear();
      sheets.clear();
      running = boot();
    },
  };
}
