import { createListeners } from '../host/listeners.js';
import { isSince } from '../host/versions.js';
import { OPEN_TYPE_SINCE } from './versions.js';

/** What the app may know of itself and its surroundings. */
export interface SwanFacts {
  readonly baseLibrary: string;
  readonly system: string;
  readonly platform: 'ios' | 'android';
}

/**
 * What the host can do, and when the app is seen.
 *
 * @param hasApi whether this host has an API of that name
 */
export function createAppApis({ baseLibrary, system, platform }: SwanFacts, hasApi: (name: string) => boolean) {
  const shows = createListeners<object>();
  const hides = createListeners<object>();
  return {
    atOnce: {
      getSystemInfoSync: () => ({
        SDKVersion: baseLibrary,
        version: '13.50.0',
        host: 'baiduboxapp',
        language: 'zh_CN',
        system,
        platform,
      }),
      canIUse(schema: string): boolean {
        const [subject = '', attribute, option = ''] = schema.split('.');
        if (subject !== 'button') return hasApi(subject);
        const since = Object.entries(OPEN_TYPE_SINCE).find(([openType]) => openType === option)?.[1];
        return attribute === 'open-type' && since !== undefined && isSince(baseLibrary, since);
      },
      onAppShow: shows.on,
      offAppShow: shows.off,
      onAppHide: hides.on,
      offAppHide: hides.off,
    },
    shown: () => shows.emit({}),
    hidden: () => hides.emit({}),
  };
}
