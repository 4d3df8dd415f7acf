import type { Platform, PrivacyAnswer } from '../../../ports/platform.js';
import { createVirtualClock, type VirtualClock } from '../../../simulator/index.js';
import { createEchoServer, type EchoServer } from '../support/echo-server.js';
import type { Circumstances, Member, PlatformCells } from './cells.js';

/** What every simulated device can do, whatever its host. */
export interface Device {
  /** Every call of the host so far, oldest first. */
  readonly calls: readonly { readonly inGesture: boolean }[];
  tap<T>(handler: () => T): T;
  show(): void;
  goOffline(): void;
  goOnline(): void;
  restart(): void;
}

/** All that a host brings to be judged. */
export interface PlatformRig<D extends Device> {
  /**
   * A device with the app in the foreground, online, whose host has issued a login code before, and whose person says
   * yes to everything but the privacy guide.
   */
  start(world: { clock: VirtualClock; fetch: EchoServer['fetch'] }, circumstances: Circumstances): Promise<D>;
  /** The adapter, on the app that runs on the device now. */
  adapt(device: D): Platform;
  /** The host refuses the next call of this member with this payload. */
  refuse(device: D, member: Refusable, payload: Readonly<Record<string, unknown>>): void;
  /** A finger presses a button of the host; tells the `detail` of its event. */
  press(device: D, button: HostButton, hear: (detail: unknown) => void): void;
  /** A finger presses the button of the app's privacy popup that agrees. */
  agree(device: D): PrivacyAnswer;
  /** The path of a picture that the host gave to the app. */
  file(device: D): string;
  readonly cells: PlatformCells<D>;
}

/** What a test needs of a host that says yes. */
export type WillingRig<D extends Device> = Omit<PlatformRig<D>, 'cells' | 'refuse'>;

/** The members that the host may refuse, in words of its own. */
export type Refusable = Exclude<Member, 'abilities' | 'onPrivacyNeeded' | 'onShow' | 'onOnline' | `storage.${string}`>;

/** A button whose event an adapter reads. */
export type HostButton = 'phone' | 'userInfo';

/** What a rig throws for `synchronous throw`: no host has a word for it. */
export const BROKEN = new Error('the host is broken');

/** How much later than usual a rig's `late answer` comes, in milliseconds (W-02). */
export const LATE = 61_000;

/** By when everything has been answered that is answered at all in time, in milliseconds. */
export const SOON = 1000;

/** A device, the other side of its requests, and time that the test owns. */
export interface Bench<D extends Device = Device> {
  readonly clock: VirtualClock;
  readonly server: EchoServer;
  readonly device: D;
  /** The adapter, on the app that runs on the device now. */
  readonly platform: Platform;
  /** A finger presses a button of the host; answers the `detail` of its event. */
  press(button: HostButton): Promise<unknown>;
  agree(): PrivacyAnswer;
  file(): string;
  restart(): void;
}

const ORDINARY: Circumstances = { isPrivacyAgreed: true, isEverybodyAnonymous: false };

export async function setUp<D extends Device>(rig: WillingRig<D>, circumstances = ORDINARY): Promise<Bench<D>> {
  const clock = createVirtualClock();
  const server = createEchoServer();
  const device = await rig.start({ clock, fetch: server.fetch }, circumstances);
  let platform = rig.adapt(device);
  return {
    clock,
    server,
    device,
    get platform() {
      return platform;
    },
    press: (button) => new Promise((resolve) => rig.press(device, button, resolve)),
    agree: () => rig.agree(device),
    file: () => rig.file(device),
    restart() {
      device.restart();
      platform = rig.adapt(device);
    },
  };
}

/** What must hold on a bench that was brought into a state. */
export type Check = (bench: Bench) => Promise<void> | void;
