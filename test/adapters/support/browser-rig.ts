import { type BrowserWindow, kbone } from '../../../adapters/kbone.js';
import type { Device, WillingRig } from '../conformance/rig.js';
import type { EchoServer } from './echo-server.js';

/** As much of a browser as the adapter uses. */
export interface BrowserDevice extends Device {
  readonly window: BrowserWindow;
  /** Whatever was asked of the network, with what the browser was told to add by itself. */
  readonly fetched: readonly (readonly [url: string, credentials: string | undefined])[];
  hide(): void;
  /** From now on the store throws, as where a person has forbidden it. */
  forbidStorage(): void;
}

const PICTURE = 'blob:https://page.test/picture';

export function browserRig(): WillingRig<BrowserDevice> {
  return {
    start: async ({ fetch }) => createBrowser(fetch),
    adapt: ({ window }) => kbone({ window }),
    press() {
      throw new Error('a browser has no such button');
    },
    agree() {
      throw new Error('a browser has no privacy guide');
    },
    file: () => PICTURE,
  };
}

function createBrowser(fetch: EchoServer['fetch']): BrowserDevice {
  const kept = new Map<string, string>();
  const fetched: [string, string | undefined][] = [];
  const [page, document] = [new EventTarget(), new EventTarget()];
  let isOnline = true;
  let isVisible = true;
  let isForbidden = false;

  const see = (visible: boolean) => {
    isVisible = visible;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const listening = (target: EventTarget) => ({
    addEventListener: (event: string, listener: () => void) => target.addEventListener(event, listener),
    removeEventListener: (event: string, listener: () => void) => target.removeEventListener(event, listener),
  });

  return {
    calls: [],
    fetched,
    tap: (handler) => handler(),
    show: () => see(true),
    hide: () => see(false),
    goOffline() {
      isOnline = false;
    },
    goOnline() {
      isOnline = true;
      page.dispatchEvent(new Event('online'));
    },
    restart() {},
    forbidStorage() {
      isForbidden = true;
    },
    window: {
      ...listening(page),
      document: {
        ...listening(document),
        get visibilityState() {
          return isVisible ? 'visible' : 'hidden';
        },
      },
      get localStorage() {
        if (isForbidden) throw new Error('The operation is insecure.');
        return {
          getItem: (key: string) => kept.get(key) ?? null,
          setItem: (key: string, value: string) => void kept.set(key, value),
          removeItem: (key: string) => void kept.delete(key),
        };
      },
      FormData,
      async fetch(url: string, init?: RequestInit) {
        fetched.push([url, init?.credentials]);
        if (url === PICTURE) return new Response(new Blob(['picture'], { type: 'image/png' }));
        if (url.startsWith('blob:') || !isOnline) throw new TypeError('Failed to fetch');
        return fetch(url, init);
      },
    },
  };
}
