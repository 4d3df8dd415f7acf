import { createVirtualClock } from '../simulator/index.js';
import { newName, type Open, PASSWORD } from './contenders.js';
import { wordsOf } from './outcomes.js';
import { hostCode, phoneEvent } from './presses.js';

export interface Fault {
  name: string;
  run(open: Open): Promise<string>;
}

const MINUTE = 60_000;
const SECOND = 1000;
const STEP = 5 * SECOND;
const QUOTA = { fail: { errMsg: 'getPhoneNumber:fail use count exceeds the limit', errno: 1400001 } };
const NO_PERMISSION = { fail: { errMsg: 'getPhoneNumber:fail no permission', errno: 102 } };
const BROKEN = { throw: new TypeError('the host is broken') };
const account = () => ({ username: newName(), password: PASSWORD });
const pick = (from: object, ...names: string[]): object =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

export const faults: readonly Fault[] = [
  {
    name: '1: two different calls at once',
    async run(open) {
      const { auth } = open();
      const [a, b] = [account(), account()];
      const made = [(await open().auth.register(a)).id, (await open().auth.register(b)).id];
      const silent = await Promise.all([
        wordsOf(() => auth.loginWithWechat(null, { createUser: false })),
        wordsOf(() => auth.loginWithWechat()),
      ]);
      const app = open();
      const got = await Promise.all([app.auth.login(a), app.auth.login(b)]);
      const own = got.filter(({ id }, index) => id === made[index]).length;
      return `\`createUser: false\`: ${silent[0]}, plain: ${silent[1]}; \`login(a)\`, \`login(b)\`: ${own} of 2 right`;
    },
  },
  {
    name: '2: a host login that never calls back, and the login after it',
    async run(open) {
      const clock = createVirtualClock(Date.now());
      const { auth, device } = open({ clock });
      const { auth: onlooker } = open();
      await onlooker.loginWithWechat();
      device.faults.next('login', { hang: true });
      const outcomes: string[] = [];
      for (let index = 0; index < 2; index += 1) {
        outcomes.push(`still waiting after ${MINUTE / SECOND} s`);
        wordsOf(() => auth.loginWithWechat()).then((words) => {
          outcomes[index] = words;
        });
        for (let passed = 0; passed < MINUTE; passed += STEP) {
          await clock.advance(STEP);
          // A round trip of somebody else’s: what is on its way could have come too.
          await open()
            .auth.loginWithWechat(null, { createUser: false })
            .catch(() => {});
        }
      }
      return outcomes.join('; then: ');
    },
  },
  {
    name: '3: a refusal, a spent quota, no permission, a yes that carries only a `code`, `loginWithWechat({})`',
    async run(open) {
      const app = open();
      const login = (event: object, code: string) => wordsOf(() => app.auth.loginWithWechat(event, { code }));
      const outcomes = [await login(await phoneEvent(app, 'deny'), 'a code')];
      for (const refusal of [QUOTA, NO_PERMISSION]) {
        app.device.faults.next('button.getPhoneNumber', refusal);
        outcomes.push(await login(await phoneEvent(app), 'a code'));
      }
      const { type, detail } = await phoneEvent(app);
      outcomes.push(await login({ type, detail: pick(detail, 'errMsg', 'code') }, await hostCode(app)));
      const other = open();
      outcomes.push(await wordsOf(() => other.auth.loginWithWechat({})));
      return outcomes.join('; ');
    },
  },
  {
    name: '4: a token that the server has revoked: `getCurrentUser`, login, `logout`',
    async run(open) {
      const outcomes: string[] = [];
      for (const call of ['getCurrentUser', 'loginWithWechat', 'logout'] as const) {
        const app = open();
        await app.auth.loginWithWechat();
        await app.revoke();
        outcomes.push(await wordsOf(() => app.auth[call](), call === 'logout' ? 'signed out' : 'answered'));
      }
      return outcomes.join('; ');
    },
  },
  {
    name: '5: the same, signed in by password, then `linkWechat` (the SDK with `autoLogin`)',
    async run(open) {
      const app = open({ autoLogin: true });
      const user = await app.auth.register(account());
      await app.revoke();
      const link = async () => {
        const { data } = await user.linkWechat();
        if (data.user_id !== user.id) throw new Error('answers as another user');
      };
      const linked = await wordsOf(link, 'linked');
      const known = () => open({ person: app.person }).auth.loginWithWechat(null, { createUser: false });
      const made = await wordsOf(known, 'made a user whom nobody asked for');
      return `${linked}; ${made.startsWith('404') ? 'made nobody' : made}`;
    },
  },
  {
    name: '6: a login that answers after a logout',
    async run(open) {
      const { auth, device } = open();
      const known = account();
      await auth.register(known);
      device.faults.next('request', { hang: true });
      const late = wordsOf(() => auth.login(known));
      while (device.pending('request').length === 0) await new Promise((resolve) => setImmediate(resolve));
      const out = await wordsOf(() => auth.logout(), 'signed out');
      for (const request of device.pending('request')) request.release();
      const words = await late;
      const after = await wordsOf(() => auth.getCurrentUser(), 'somebody is signed in');
      return `logout: ${out}; the login: ${words}; afterwards: ${after.startsWith('604') ? 'nobody is signed in' : after}`;
    },
  },
  {
    name: '7: `updatePhoneNumber` while the host throws; `setAccount(account)`',
    async run(open) {
      const app = open();
      const { auth, device } = app;
      const user = await auth.loginWithWechat();
      const event = await phoneEvent(app);
      device.faults.always('getSystemInfoSync', BROKEN);
      device.faults.always('getAppBaseInfo', BROKEN);
      const update = await wordsOf(() => auth.updatePhoneNumber(event), 'answers');
      device.faults.clear();
      const given = account();
      await user.setAccount(given);
      const kept = 'password' in given ? 'is left as it was' : 'loses its password';
      return `${/^\d/.test(update) ? `rejects, ${update}` : update}; the caller’s object ${kept}`;
    },
  },
];
