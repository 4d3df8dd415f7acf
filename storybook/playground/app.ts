import type { InspectionEvent } from 'xstate';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { createAuth } from '../../machines/create-auth.js';
import type { User } from '../../ports/backend.js';
import { failureText, type Locale, toFailure } from '../../ports/failure.js';
import type { WechatHost } from '../../simulator/index.js';
import type { ComponentSource } from '../mini-program/components.js';
import { mountPage, type PageEvent } from '../mini-program/mount.js';
import template from './page.wxml';
import style from './page.wxss?raw';
import { speaker } from './texts.js';

/** The app of the playground while it runs: one auth, one page. */
export interface App {
  setLocale(locale: Locale): void;
  setCreateUser(createUser: boolean): void;
  /** Ends it, as the host does when it needs the memory. */
  kill(): void;
}

export interface AppOptions {
  wx: WechatHost;
  screen: HTMLElement;
  components: readonly ComponentSource[];
  serverUrl: string;
  locale: Locale;
  createUser: boolean;
  inspect: (event: InspectionEvent) => void;
}

const second = 1000;

/** Starts the app as its `app.ts` and its first page would. */
export function launch(options: AppOptions): App {
  const { wx, screen, components, serverUrl, inspect } = options;
  let { locale } = options;

  const auth = createAuth({
    platform: wechat({ wx }),
    backend: server({ baseUrl: serverUrl }),
    // Five minutes between two checks would be long for who watches.
    timing: { recheck: 2 * second },
    inspect,
  });
  const page = mountPage(
    {
      template,
      style,
      data: { locale, texts: wordsOf(locale), createUser: options.createUser, user: null, told: '' },
      methods: {
        onChange({ detail }: PageEvent<{ user: User | null }>) {
          this.setData({ user: detail.user });
        },
        onSuccess() {
          this.setData({ told: speaker(locale)('welcome') });
        },
        onFailure() {
          this.setData({ told: '' });
        },
        onSignOut() {
          this.setData({ told: '' });
          void auth.signOut();
        },
        async onLoad() {
          try {
            const { status, data } = await auth.request({ url: '/api/auth/denglu/user' });
            this.setData({ told: `${speaker(locale)('loaded')}${status} ${idOf(data)}` });
          } catch (error) {
            this.setData({ told: failureText(toFailure(error).kind, locale) });
          }
        },
      },
    },
    { into: screen, components, wx },
  );
  auth.start();

  return {
    setLocale(next) {
      locale = next;
      page.setData({ locale, texts: wordsOf(next), told: '' });
    },
    setCreateUser: (createUser) => page.setData({ createUser }),
    kill() {
      page.release();
      auth.stop();
    },
  };
}

function wordsOf(locale: Locale) {
  const say = speaker(locale);
  return {
    somebody: say('somebody'),
    nobody: say('nobody'),
    initial: say('initial'),
    load: say('load'),
    signOut: say('signOut'),
  };
}

function idOf(data: unknown): string {
  const user: unknown = typeof data === 'object' && data !== null && 'user' in data ? data.user : null;
  return typeof user === 'object' && user !== null && 'id' in user ? String(user.id) : '';
}
