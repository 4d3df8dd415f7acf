import { androidCapsule, androidStatus, iosCapsule, iosStatus } from './icons.js';

/** A host on a system, as far as its looks go. Its style sheet finds it as `[data-platform]`. */
interface PlatformLook {
  /** Whose components are shown on it. */
  readonly host: 'wechat' | 'baidu';
  /** On the toolbar. */
  readonly title: string;
  /** What the simulated device says it is. */
  readonly system: `Android ${string}` | `iOS ${string}`;
  /** What the status bar shows beside the time. */
  readonly status: string;
  /** The host's own buttons: menu and close. */
  readonly capsule: string;
}

/** Those of WeChat are what the toolbar offers; stories of another host wear its own. Their rules are in `phone.css`. */
export const platforms = {
  ios: { host: 'wechat', title: '微信 · iOS', system: 'iOS 18.1', status: iosStatus, capsule: iosCapsule },
  android: {
    host: 'wechat',
    title: '微信 · Android',
    system: 'Android 14',
    status: androidStatus,
    capsule: androidCapsule,
  },
  baidu: {
    host: 'baidu',
    title: '百度 · Android',
    system: 'Android 14',
    status: androidStatus,
    capsule: androidCapsule,
  },
} as const satisfies Record<string, PlatformLook>;

export type Platform = keyof typeof platforms;

export function isPlatform(name: unknown): name is Platform {
  return typeof name === 'string' && Object.hasOwn(platforms, name);
}
