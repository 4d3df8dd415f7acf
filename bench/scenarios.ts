import { type App, newName, type Open, PASSWORD, type User } from './contenders.js';
import { tally, wordsOf } from './outcomes.js';
import { hostCode, phoneEvent } from './presses.js';

export interface Counts {
  /** Calls of `wx.login`. */
  logins: number;
  /** Calls of other host APIs, but for the requests. */
  others: number;
  requests: number;
  outcome: string;
}

export interface Scenario {
  name: string;
  run(open: Open): Promise<Counts>;
}

const HUNDRED = 100;

/** What the work costs the host and the network. */
async function counted(app: App, work: () => Promise<string>, from: 'start' | 'now' = 'now'): Promise<Counts> {
  const [calls, sent] = from === 'now' ? [app.device.calls.length, app.sent.length] : [0, 0];
  const outcome = await work();
  await app.settled();
  const made = app.device.calls.slice(calls).map(({ api }) => api);
  return {
    logins: made.filter((api) => api === 'login').length,
    others: made.filter((api) => api !== 'login' && api !== 'request').length,
    requests: app.sent.length - sent,
    outcome,
  };
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Whether a call answered whom it should. */
const isUser = (id: number) => (call: Promise<User>) =>
  call.then(
    (user) => (user.id === id ? 'right user' : 'wrong user'),
    (error: unknown) => wordsOf(() => Promise.reject(error)),
  );

async function register(open: Open): Promise<{ id: number; username: string; password: string }> {
  const account = { username: newName(), password: PASSWORD };
  const { id } = await open().auth.register(account);
  return { id, ...account };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'Cold start: `init`, a silent login',
    run(open) {
      const app = open();
      return counted(app, () => wordsOf(() => app.auth.loginWithWechat()), 'start');
    },
  },
  {
    name: 'Warm start: the same with a session in the store',
    async run(open) {
      const first = open();
      const { id } = await first.auth.loginWithWechat();
      return counted(first, () => isUser(id)(first.restart().auth.loginWithWechat()));
    },
  },
  {
    name: 'Phone login, as in the documented sample',
    run(open) {
      const app = open();
      return counted(app, async () => {
        const code = await hostCode(app);
        const event = await phoneEvent(app);
        return wordsOf(() => app.auth.loginWithWechat(event, { code }));
      });
    },
  },
  {
    name: 'One hundred calls at once: 40 silent, 20 with `createUser: false`, 20 `login(a)`, 20 `login(b)`',
    async run(open) {
      const known = open();
      const { id } = await known.auth.loginWithWechat();
      const [a, b] = [await register(open), await register(open)];
      const app = open({ person: known.person });
      const by = [a, b].map(({ id, username, password }) => {
        return () => isUser(id)(app.auth.login({ username, password }));
      });
      const silent = [
        () => isUser(id)(app.auth.loginWithWechat()),
        () => isUser(id)(app.auth.loginWithWechat(null, { createUser: false })),
      ];
      const mix = [...silent.slice(0, 1), ...silent, ...by];
      return counted(app, async () => tally(await Promise.all(times(HUNDRED, (i) => mix[i % mix.length]?.() ?? ''))));
    },
  },
  ...revoked('`getCurrentUser`, a hundred times at once', (user, { auth }) => isUser(user.id)(auth.getCurrentUser())),
  ...revoked('`setUsername` with a hundred names at once', (user) => wordsOf(() => user.setUsername(newName()), 'set')),
];

/** A hundred calls that meet a token that the server has ended. The SDK renews only where the app has `autoLogin` on. */
function revoked(name: string, call: (user: User, app: App) => Promise<string>): Scenario[] {
  return [false, true].map((autoLogin) => ({
    name: `A revoked token meets ${name}${autoLogin ? '; the SDK with `autoLogin`' : ''}`,
    async run(open) {
      const app = open({ autoLogin });
      const user = await app.auth.loginWithWechat();
      await app.revoke();
      return counted(app, async () => tally(await Promise.all(times(HUNDRED, () => call(user, app)))));
    },
  }));
}
