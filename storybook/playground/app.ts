import type { InspectionEvent } from 'xstate';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { createAuth } from '../../machines/create-auth.js';
import { failureText, type Locale, toFailure } from '../../ports/failure.js';
import type { WechatHost } from '../../simulator/index.js';
import type { ComponentSource } from '../mini-program/components.js';
import type { Finger } from '../mini-program/finger.js';
import { mountPage, type PageEvent } from '../mini-program/mount.js';
import type { Demo } from './demo.js';
import { demoFrame } from './frame/frame.js';
import { speaker } from './texts.js';

/** The app of the playground while it runs: one auth, one page. */
export interface App {
  setLocale(locale: Locale): void;
  setCreateUser(createUser: boolean): void;
  /** Ends it, as the host does when it needs the memory. */
  kill(): void;
}

export interface AppOptions {
  demo: Demo;
  wx: WechatHost;
  finger: Finger;
  screen: HTMLElement;
  components: readonly ComponentSource[];
  serverUrl: string;
  locale: Locale;
  createUser: boolean;
  inspect: (event: InspectionEvent) => void;
  /** Hears the component's events; of what they bring only the kind of a failure. */
  tell: (component: string, event: string, failure: string | null) => void;
}

/** What an event of a component may bring. */
interface Told {
  readonly kind?: string;
  readonly text?: string;
  readonly accepted?: boolean;
}

const second = 1000;

/** Starts the app as its `app.ts` and its first page would. */
export function launch(options: AppOptions): App {
  const { demo, wx, finger, screen, components, serverUrl, inspect, tell } = options;
  let { locale } = options;

  const auth = createAuth({
    platform: wechat({ wx }),
    backend: server({ baseUrl: serverUrl }),
    ownPrivacyPopup: demo.ownPrivacyPopup ?? false,
    // Five minutes between two checks would be long for who watches.
    timing: { recheck: 2 * second },
    inspect,
  });
  const { createUser } = options;
  const page = mountPage(
    {
      template: demo.template,
      data: { locale, says: wordsOf(locale), createUser, user: null, told: '', accepted: false },
      methods: {
        tell({ type, detail, currentTarget }: PageEvent<Told>) {
          tell(currentTarget.id || demo.name, type, detail.kind ?? null);
          if (type === 'success') this.setData({ told: speaker(locale)('welcome') });
          else if (type === 'failure' || type === 'denied') this.setData({ told: detail.text ?? '' });
          else if (detail.accepted !== undefined) this.setData({ accepted: detail.accepted });
        },
        leave() {
          this.setData({ told: '' });
          void auth.signOut();
        },
        async load() {
          try {
            const { status, data } = await auth.request({ url: '/api/auth/denglu/user' });
            this.setData({ told: `${speaker(locale)('loaded')}${status} ${idOf(data)}` });
          } catch (error) {
            this.setData({ told: failureText(toFailure(error).kind, locale) });
          }
        },
      },
    },
    { into: screen, components: [...components, demoFrame], wx, finger },
  );
  const unsubscribe = auth.subscribe(({ user }) =>
    // Its owner is who looks at it here.
    page.setData({ user: user && { ...user, phone: user.phone?.reveal() ?? '' } }),
  );
  auth.start();

  return {
    setLocale(next) {
      locale = next;
      page.setData({ locale, says: wordsOf(next), told: '' });
    },
    setCreateUser: (createUser) => page.setData({ createUser }),
    kill() {
      unsubscribe();
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
    desc: say('desc'),
    members: say('members'),
    pending: say('pending'),
  };
}

function idOf(data: unknown): string {
  const user: unknown = typeof data === 'object' && data !== null && 'user' in data ? data.user : null;
  return typeof user === 'object' && user !== null && 'id' in user ? String(user.id) : '';
}
