import { describe, expect, it } from 'vitest';
import type { BaaS, BaasUser } from '../../baas.js';
import { answerOf, createBaasBench, SOON } from './support/virtual.js';

// Whoever is signed in stays so, however they came: silent calls and getUserInfo buttons change nobody (G-06), and equal
// ones share their answer (G-05).

const PASSWORD = 'correct horse battery';
const DAY = 24 * 60 * 60 * 1000;
/** An app that was published when WeChat still told who people are (W-08), on a phone with signed profiles. */
const TELLING = { baseLibrary: '2.20.0', publishedAt: Date.parse('2021-01-01') };

type Event = { readonly type: string; readonly detail: object };

const apps = {
  WeChat: {
    open: (bench: ReturnType<typeof createBaasBench>) => bench.onWechat(),
    login: ({ auth }: BaaS, ...args: Parameters<BaaS['auth']['loginWithWechat']>) => auth.loginWithWechat(...args),
    codes: 'login',
  },
  Baidu: {
    open: (bench: ReturnType<typeof createBaasBench>) => bench.onBaidu(),
    login: ({ auth }: BaaS, ...args: Parameters<BaaS['auth']['loginWithBaidu']>) => auth.loginWithBaidu(...args),
    codes: 'getLoginCode',
  },
} as const;

function started(name: keyof typeof apps) {
  const bench = createBaasBench(TELLING);
  const { open, login, codes } = apps[name];
  const BaaS = open(bench);
  BaaS.init('a client id');
  const { device, baiduDevice, clock, outcome } = bench;
  const calls = () => (name === 'WeChat' ? device : baiduDevice).calls;
  return {
    ...bench,
    BaaS,
    login: (...args: Parameters<BaaS['auth']['loginWithWechat']>) => login(BaaS, ...args),
    /** How often the host was asked for a code, and who this is. */
    asked: () => [codes, 'getUserInfo'].map((wanted) => calls().filter(({ api }) => api === wanted).length),
    /** What a finger on the getUserInfo button comes to. */
    async event(answer: 'allow' | 'deny'): Promise<Event> {
      const told: Event[] = [];
      const handlers = { getuserinfo: (event: Event) => void told.push(event) };
      const pressed =
        name === 'WeChat'
          ? device.press({ openType: 'getUserInfo', lang: 'zh_CN' }, handlers)
          : baiduDevice.press({ openType: 'getUserInfo' }, handlers);
      pressed[answer]();
      await clock.advance(SOON);
      const [event] = told;
      if (!event) throw new Error('The button told nothing.');
      return event;
    },
    register: async (): Promise<BaasUser> =>
      answerOf(await outcome(BaaS.auth.register({ username: 'xiaoming', password: PASSWORD }))),
  };
}

describe.each(['WeChat', 'Baidu'] as const)('whoever signed in by a password, on %s', (name) => {
  it.each([undefined, { createUser: false }, { withUnionID: true }])(
    'is the answer of a silent login with %j; the host is asked for nothing, and nobody is made (G-06)',
    async (options) => {
      const { login, outcome, register, asked, backend } = started(name);
      const { id } = await register();
      expect(answerOf(await outcome(login(null, options))).id).toBe(id);
      expect([asked(), backend.users.length]).toEqual([[0, 0], 1]);
    },
  );

  it('is the answer of login(false), also after a cold start', async () => {
    const bench = started(name);
    const { id } = await bench.register();
    expect(answerOf(await bench.outcome(bench.BaaS.login(false))).id).toBe(id);
    bench.device.restart();
    bench.baiduDevice.restart();
    const BaaS = apps[name].open(bench);
    BaaS.init();
    const answers = [apps[name].login(BaaS), apps[name].login(BaaS, null, { withUnionID: true })];
    expect(answerOf(await bench.outcome(Promise.all(answers))).map((user) => user.id)).toEqual([id, id]);
  });

  it('stays so where the person refuses the button: 603 says who it is, and nobody is made (G-06)', async () => {
    const { BaaS, login, outcome, register, event, asked, backend } = started(name);
    const user = await register();
    const refusal = await event('deny');
    expect(await outcome(login(refusal))).toMatchObject({ code: 603, failure: 'denied', error: { id: user.id } });
    const { error: plain } = Object(await outcome(BaaS.handleUserInfo(refusal)));
    expect(plain).not.toBeInstanceOf(Error);
    expect(plain).toMatchObject({ id: user.id, session_expires_at: user.session_expires_at });
    expect(answerOf(await outcome(user.setUsername('xiaohong'))).id).toBe(user.id);
    expect([asked()[0], backend.users.length]).toEqual([0, 1]);
  });

  it('stays so where the person allows the button: the profile is theirs, and nobody is made (G-06)', async () => {
    const { BaaS, login, outcome, register, event, backend } = started(name);
    const { id } = await register();
    const consent = await event('allow');
    expect(answerOf(await outcome(login(consent), 3 * SOON))).toMatchObject({ id, nickname: '小明' });
    expect(answerOf(await outcome(BaaS.handleUserInfo(consent), 3 * SOON))).toMatchObject({ id, nickName: '小明' });
    expect(answerOf(await outcome(BaaS.auth.getCurrentUser())).id).toBe(id);
    expect(backend.users).toHaveLength(1);
  });

  it('is the answer of the button on the phone of another user, whose profile is left where it is', async () => {
    const { BaaS, login, outcome, register, event, backend, problems } = started(name);
    const other = answerOf(await outcome(login()));
    await outcome(BaaS.auth.logout());
    const { id } = await register();
    expect(id).not.toBe(other.id);
    expect(answerOf(await outcome(login(await event('allow')), 3 * SOON))).toMatchObject({ id, nickname: null });
    expect(backend.users.map(({ nickname }) => nickname)).toEqual([null, null]);
    expect(problems.map(({ kind }) => kind)).toEqual(['account-conflict']);
  });

  it('is nobody once that session has ended: then a silent login is the host account’s', async () => {
    const { login, outcome, register, clock } = started(name);
    const { id } = await register();
    await clock.advance(8 * DAY);
    const user = answerOf(await outcome(login(), 3 * SOON));
    expect([user.id !== id, user.openid !== '']).toEqual([true, true]);
  });

  it('is signed out by a logout that comes while a silent login renews: nobody comes after it', async () => {
    const { BaaS, login, outcome, register, clock, backend } = started(name);
    await register();
    await clock.advance(8 * DAY);
    const late = login();
    const refused = outcome(late, 0);
    await outcome(BaaS.auth.logout(), 0);
    await refused;
    expect(await outcome(late, 5 * SOON)).toMatchObject({ code: 604 });
    expect([BaaS.flows.getSnapshot().user, backend.users.length]).toEqual([null, 1]);
  });
});

describe.each(['WeChat', 'Baidu'] as const)('equal calls with one event at once, on %s (G-05)', (name) => {
  it('all answer, by one sign-in that asks the host once', async () => {
    const { login, outcome, event, asked, requests } = started(name);
    const consent = await event('allow');
    const before = asked();
    const users = answerOf(await outcome(Promise.all([login(consent), login(consent), login(consent)]), 3 * SOON));
    expect(users.map(({ id, nickname }) => [id, nickname])).toEqual(users.map(() => [users[0]?.id, '小明']));
    expect(asked().map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1]);
    expect([requests('/sign-in'), requests('/profile')]).toEqual([1, 1]);
  });

  it('all answer where somebody is signed in already, too', async () => {
    const { login, outcome, event, requests } = started(name);
    const { id } = answerOf(await outcome(login()));
    const consent = await event('allow');
    const users = answerOf(await outcome(Promise.all([login(consent), login(consent)]), 3 * SOON));
    expect(users.map((user) => user.id)).toEqual([id, id]);
    expect([requests('/sign-in'), requests('/profile')]).toEqual([1, 1]);
  });

  it('handleUserInfo tells each of them what the host told', async () => {
    const { BaaS, outcome, event } = started(name);
    const consent = await event('allow');
    const call = () => BaaS.handleUserInfo(consent);
    const told = answerOf(await outcome(Promise.all([call(), call(), call()]), 3 * SOON));
    expect(told.map(({ nickName }) => nickName)).toEqual(['小明', '小明', '小明']);
  });

  it('a refused one leaves each of them its 603', async () => {
    const { login, outcome, event } = started(name);
    const refusal = await event('deny');
    const both = await outcome(Promise.allSettled([login(refusal), login(refusal)]), 3 * SOON);
    const said = answerOf(both).map((each) => each.status === 'rejected' && each.reason);
    expect(said).toMatchObject([{ code: 603 }, { code: 603 }]);
    expect(said[0].id).toBe(said[1].id);
  });

  it('and those that ask for another syncUserProfile wait for their own', async () => {
    const { login, outcome, event, requests } = started(name);
    const consent = await event('allow');
    const both = [login(consent), login(consent, { syncUserProfile: 'overwrite' })];
    const [first, second] = answerOf(await outcome(Promise.all(both), 5 * SOON));
    expect(second?.id).toBe(first?.id);
    expect([requests('/sign-in'), requests('/profile')]).toEqual([1, 2]);
  });
});
