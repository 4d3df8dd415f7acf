import { createListeners } from '../host/listeners.js';
import { isSince } from '../host/versions.js';
import { OPEN_TYPE_SINCE } from './versions.js';

/** What the app may know of itself and its surroundings. */
export interface AppFacts {
  readonly appId: string;
  readonly baseLibrary: string;
  readonly system: string;
  readonly platform: 'ios' | 'android';
  readonly envVersion: 'develop' | 'trial' | 'release';
  /** When this version of the app was published, in milliseconds since the epoch. */
  readonly publishedAt: number;
}

/**
 * Who the app is, what the host can do, and when the app is seen.
 *
 * @param hasApi whether this host has an API of that name
 */
export function createAppApis(facts: AppFacts, hasApi: (name: string) => boolean) {
  const { appId, baseLibrary, system, platform, envVersion } = facts;
  const shows = createListeners<Launch>();
  const hides = createListeners<Launch>();
  const common = { SDKVersion: baseLibrary, version: '8.0.50', language: 'zh_CN', enableDebug: false };

  return {
    atOnce: {
      getAccountInfoSync: () => ({
        miniProgram: {
          appId,
          ...(isSince(baseLibrary, '2.10.0') ? { envVersion } : {}),
          ...(isSince(baseLibrary, '2.10.2') ? { version: envVersion === 'release' ? '1.0.0' : '' } : {}),
        },
      }),
      getAppBaseInfo: () => common,
      getSystemInfoSync: () => ({ ...common, system, platform }),
      canIUse(schema: string): boolean {
        const [subject = '', attribute, option = ''] = schema.split('.');
        if (subject !== 'button') return hasApi(subject);
        const since = OPEN_TYPE_SINCE[option];
        return attribute === 'open-type' && since !== undefined && isSince(baseLibrary, since);
      },
      onAppShow: shows.on,
      offAppShow: shows.off,
      onAppHide: hides.on,
      offAppHide: hides.off,
    },
    shown: () => shows.emit(LAUNCH),
    hidden: () => hides.emit(LAUNCH),
  };
}

interface Launch {
  readonly path: string;
  readonly query: object;
  readonly scene: number;
}

/** Opened from the list of recent mini-programs. */
const LAUNCH: Launch = { path: 'pages/index/index', query: {}, scene: 1001 };
