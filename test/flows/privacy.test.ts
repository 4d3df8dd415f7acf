import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { server } from '../../adapters/server.js';
import { type WechatHost, wechat } from '../../adapters/wechat.js';
import type { Auth } from '../../machines/auth.js';
import type { PrivacyPopup, PrivacySnapshot } from '../../machines/auth-privacy.js';
import { bindPrivacy } from '../../machines/bind-privacy.js';
import { type AuthOptions, createAuth } from '../../machines/create-auth.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure, failureText } from '../../ports/failure.js';
import type { PrivacyResolution, WechatDeviceOptions } from '../../simulator/index.js';
import { BASE_URL, createTestApp, watch } from '../support/app.js';

const second = 1000;
const hour = 3600 * second;

/** A phone whose person has not agreed to the privacy guide yet, with an app that wants to ask by its own popup. */
function createPrivacyApp(options: Partial<AuthOptions> = {}, phone: Partial<WechatDeviceOptions> = {}) {
  const { clock, world, device, account } = createTestApp({}, { privacyAgreed: false, publishedAt: 0, ...phone });
  const told: PrivacyResolution[] = [];
  const problems: Failure[] = [];
  let listeners = 0;
  const listeningHost = (): WechatHost => {
    const { wx } = device;
    if (!wx.onNeedPrivacyAuthorization) return wx;
    return {
      ...wx,
      onNeedPrivacyAuthorization(listener: (resolve: unknown) => void) {
        listeners += 1;
        wx.onNeedPrivacyAuthorization((resolve) =>
          listener((resolution: PrivacyResolution) => {
            told.push(resolution);
            resolve(resolution);
          }),
        );
      },
    };
  };
  const make = (wx: WechatHost, more: Partial<AuthOptions> = {}) =>
    createAuth({
      platform: wechat({ wx }),
      backend: server({ baseUrl: BASE_URL }),
      clock,
      onProblem: (failure) => problems.push(failure),
      ownPrivacyPopup: true,
      ...options,
      ...more,
    });
  const host = listeningHost();
  const auth = make(host);

  /** What the phone button's page hears. */
  const events: Readonly<Record<string, unknown>>[] = [];
  return {
    clock,
    world,
    device,
    account,
    auth,
    problems,
    /** What the host was told, in order. */
    told,
    words: () => told.map(({ event }) => event),
    listeners: () => listeners,
    /** Another auth on the same host. */
    another: (more: Partial<AuthOptions> = {}) => make(host, more),
    /** A cold start: another host, and another auth. */
    restart() {
      auth.stop();
      device.restart();
      return make(listeningHost());
    },
    events,
    questions: () => device.sheets.map(({ question }) => question),
    async pressPhone() {
      const getphonenumber = ({ detail }: { detail: Readonly<Record<string, unknown>> }) => void events.push(detail);
      device.press({ openType: 'getPhoneNumber' }, { getphonenumber });
      await clock.advance(second);
    },
    /** A page with a popup, which is visible from the start. */
    open(of: Auth = auth) {
      const popup = of.privacy.popup();
      popup.shown();
      return {
        popup,
        async pressAgree() {
          const handlers = { agreeprivacyauthorization: () => popup.agree('agree') };
          device.press({ openType: 'agreePrivacyAuthorization', id: 'agree' }, handlers);
          await clock.advance(second);
        },
        async pressRefuse() {
          device.tap(() => popup.disagree());
          await clock.advance(second);
        },
      };
    },
  };
}

const REFUSED = { errno: 104, errMsg: 'getPhoneNumber:fail privacy permission is not authorized' };

describe('an app that asks for privacy consent by its own popup', () => {
  it('agreed: the popup is seen, its button is pressed, and the phone sheet opens (W-16)', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(true);
    expect(app.questions()).toEqual([]);
    page.popup.seen();
    expect(app.told).toEqual([{ event: 'exposureAuthorization' }]);
    await page.pressAgree();
    expect(app.told.slice(1)).toEqual([{ event: 'agree', buttonId: 'agree' }]);
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(false);
    expect(app.questions()).toEqual(['getPhoneNumber']);
    expect(app.problems).toEqual([]);
  });

  it('refused: the button hears of it as a refusal, and nobody is asked again within ten seconds (W-14, W-16, G-12)', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    page.popup.seen();
    await page.pressRefuse();
    expect(app.words()).toEqual(['exposureAuthorization', 'disagree']);
    expect(app.events).toEqual([REFUSED]);
    expect(() => wechat({ wx: app.device.wx }).readPhone(app.events[0])).toThrow(
      expect.objectContaining({ kind: 'privacy-refused' }),
    );
    await app.pressPhone();
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(false);
    expect(app.events).toEqual([REFUSED, REFUSED]);
    await app.clock.advance(10 * second);
    await app.pressPhone();
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(true);
    expect(app.problems).toEqual([]);
  });

  it('the person takes an hour, and their answer counts (G-09, G-15)', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    page.popup.seen();
    await app.clock.advance(hour);
    expect(app.words()).toEqual(['exposureAuthorization']);
    await page.pressAgree();
    expect(app.questions()).toEqual(['getPhoneNumber']);
  });

  it.each([
    ['agree', 'pressAgree'],
    ['disagree', 'pressRefuse'],
  ] as const)('several calls that wait are all told the same: %s (W-16)', async (word, press) => {
    const app = createPrivacyApp();
    const page = app.open();
    const ended: string[] = [];
    await app.pressPhone();
    page.popup.seen();
    for (const name of ['first', 'second']) {
      app.device.wx.requirePrivacyAuthorize({ complete: () => void ended.push(name) });
    }
    await app.clock.advance(second);
    expect(app.words()).toEqual(Array(3).fill('exposureAuthorization'));
    expect(ended).toEqual([]);
    await page[press]();
    expect(app.words().slice(3)).toEqual(Array(3).fill(word));
    expect(ended).toEqual(['first', 'second']);
  });

  it('a host that was not told that the question is seen is told so before the answer (W-16)', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    await page.pressAgree();
    expect(app.words()).toEqual(['exposureAuthorization', 'agree']);
  });

  it('no popup on the page: the answer is no at once, and the developer hears what to do (G-13)', async () => {
    const app = createPrivacyApp();
    await app.pressPhone();
    expect(app.words()).toEqual(['disagree']);
    expect(app.events).toEqual([REFUSED]);
    expect(app.problems).toMatchObject([
      { kind: 'misconfigured', message: expect.stringContaining('<privacy-popup />') },
    ]);
  });

  it('a popup on a page that is covered by another does not count (G-13)', async () => {
    const app = createPrivacyApp();
    app.open().popup.hidden();
    await app.pressPhone();
    expect(app.events).toEqual([REFUSED]);
    expect(app.problems).toMatchObject([{ kind: 'misconfigured' }]);
  });

  it('of several pages with a popup, the visible one asks', async () => {
    const app = createPrivacyApp();
    const first = app.open();
    first.popup.hidden();
    const next = app.open();
    await app.pressPhone();
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(true);
    await next.pressAgree();
    expect(app.questions()).toEqual(['getPhoneNumber']);
    first.popup.detached();
    expect(app.problems).toEqual([]);
  });

  it.each(['hidden', 'detached'] as const)(
    'the page is %s before an answer: the answer is no, and nothing hangs (G-17)',
    async (leaves) => {
      const app = createPrivacyApp();
      const page = app.open();
      await app.pressPhone();
      page.popup.seen();
      page.popup[leaves]();
      await app.clock.advance(second);
      expect(app.words()).toEqual(['exposureAuthorization', 'disagree']);
      expect(app.events).toEqual([REFUSED]);
      expect(app.auth.privacy.getSnapshot().isAsking).toBe(false);
      expect(app.problems).toEqual([]);
      page.popup.agree('agree');
      page.popup.disagree();
      page.popup.seen();
      expect(app.told).toHaveLength(2);
    },
  );

  it('the page is left for one that shows its own popup first: that one goes on asking', async () => {
    const app = createPrivacyApp();
    const first = app.open();
    await app.pressPhone();
    first.popup.seen();
    const next = app.open();
    first.popup.detached();
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(true);
    next.popup.seen();
    await next.pressAgree();
    expect(app.words()).toEqual(['exposureAuthorization', 'agree']);
    expect(app.questions()).toEqual(['getPhoneNumber']);
  });

  it('listeners hear when to ask and when no more; one that throws harms nobody', async () => {
    const app = createPrivacyApp();
    const heard: PrivacySnapshot[] = [];
    app.auth.privacy.subscribe(() => {
      throw new Error('a broken view');
    });
    const stop = app.auth.privacy.subscribe((snapshot) => heard.push(snapshot));
    const page = app.open();
    await app.clock.advance(second);
    await app.pressPhone();
    await page.pressRefuse();
    const contractName = '《模拟小程序隐私保护指引》';
    expect(heard).toEqual([
      { isAsking: false, contractName },
      { isAsking: true, contractName },
      { isAsking: false, contractName },
    ]);
    expect(app.problems).toHaveLength(3);
    stop();
    await app.clock.advance(10 * second);
    await app.pressPhone();
    expect(heard).toHaveLength(3);
  });

  it('a person who has agreed before is asked nothing', async () => {
    const app = createPrivacyApp({}, { privacyAgreed: true });
    await app.pressPhone();
    expect(app.questions()).toEqual(['getPhoneNumber']);
    expect([app.told, app.problems]).toEqual([[], []]);
  });

  it('a base library that knows no privacy guide stops nothing (W-16)', async () => {
    const app = createPrivacyApp({}, { baseLibrary: '2.32.2' });
    app.open();
    await app.pressPhone();
    expect(app.auth.privacy.getSnapshot()).toEqual({ isAsking: false, contractName: '《小程序隐私保护指引》' });
    expect(app.questions()).toEqual(['getPhoneNumber']);
    expect(app.problems).toEqual([]);
  });

  it('what the guide does not declare is a developer error that says what to declare, and asks nobody (G-13)', async () => {
    const app = createPrivacyApp();
    app.open();
    app.world.wechat.restrict(app.account.appId, 'getPhoneNumber', 112);
    await app.pressPhone();
    expect([app.told, app.auth.privacy.getSnapshot().isAsking]).toEqual([[], false]);
    const read = () => wechat({ wx: app.device.wx }).readPhone(app.events[0]);
    expect(read).toThrow(expect.objectContaining({ kind: 'privacy-undeclared' }));
    expect(read).toThrow(/Declare 手机号 .*用户隐私保护指引/);
    expect(failureText('privacy-undeclared', 'zh')).toContain('隐私保护指引');
    expect(failureText('privacy-undeclared', 'en')).toContain('privacy guide');
  });
});

describe('the text of the privacy guide', () => {
  it.each([
    ['seen', (popup: PrivacyPopup) => popup.seen()],
    ['drawn, and nobody said so', () => {}],
  ])(
    'is read in the middle of the question (%s), though the host covers the page for it, and the question goes on',
    async (_, draw) => {
      const app = createPrivacyApp();
      const page = app.open();
      await app.pressPhone();
      draw(page.popup);
      app.auth.privacy.openContract();
      page.popup.hidden();
      await app.clock.advance(hour);
      expect(app.device.calls.map(({ api }) => api)).toContain('openPrivacyContract');
      expect(app.words()).not.toContain('disagree');
      page.popup.shown();
      await page.pressAgree();
      expect(app.words()).toEqual(['exposureAuthorization', 'agree']);
      expect(app.questions()).toEqual(['getPhoneNumber']);
    },
  );

  it('was read, and then the page is left: the answer is no', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    app.auth.privacy.openContract();
    await app.clock.advance(second);
    page.popup.detached();
    await app.clock.advance(second);
    expect(app.events).toEqual([REFUSED]);
  });

  it.each([
    ['refuses', { fail: { errMsg: 'openPrivacyContract:fail' } }, 'unknown'],
    ['never answers', { hang: true }, 'timeout'],
  ] as const)('a host that %s to open it is reported, and the question goes on (G-09)', async (_, fault, kind) => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    app.device.faults.next('openPrivacyContract', fault);
    app.auth.privacy.openContract();
    await app.clock.advance(10 * second);
    expect(app.problems).toMatchObject([{ kind }]);
    await page.pressAgree();
    expect(app.questions()).toEqual(['getPhoneNumber']);
  });

  it('a host that never says that it opened it holds no call back once the page is gone (G-09)', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    app.device.faults.next('openPrivacyContract', { hang: true });
    app.auth.privacy.openContract();
    await app.clock.advance(10 * second);
    page.popup.hidden();
    await app.clock.advance(second);
    expect([app.events, app.auth.privacy.getSnapshot().isAsking]).toEqual([[REFUSED], false]);
  });

  it('that opens without hiding the page does not hold the question back from a page that is left later', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    app.auth.privacy.openContract();
    await app.clock.advance(10 * second);
    page.popup.hidden();
    await app.clock.advance(second);
    expect(app.events).toEqual([REFUSED]);
  });

  it('is left for a page without a popup: a tap there answers every call with no, and is reported (G-09)', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    app.auth.privacy.openContract();
    page.popup.hidden();
    await app.clock.advance(hour);
    expect(app.events).toEqual([]);
    await app.pressPhone();
    expect(app.events).toEqual([REFUSED, REFUSED]);
    expect(app.problems).toMatchObject([{ kind: 'misconfigured' }]);
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(false);
  });

  it('a host that refused to open it covers no page: one that is left then has left the question', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    await app.pressPhone();
    app.device.faults.next('openPrivacyContract', { fail: { errMsg: 'openPrivacyContract:fail' } });
    app.auth.privacy.openContract();
    await app.clock.advance(second);
    page.popup.hidden();
    await app.clock.advance(second);
    expect(app.events).toEqual([REFUSED]);
  });

  it.each([
    ['refuses', { fail: { errMsg: 'getPrivacySetting:fail' } }],
    ['never answers', { hang: true }],
  ] as const)('has a default name while the host %s, and is asked for again (G-09)', async (_, fault) => {
    const app = createPrivacyApp();
    app.device.faults.next('getPrivacySetting', fault);
    const page = app.open();
    await app.clock.advance(10 * second);
    expect(app.auth.privacy.getSnapshot().contractName).toBe('《小程序隐私保护指引》');
    page.popup.hidden();
    page.popup.shown();
    await app.clock.advance(second);
    expect(app.auth.privacy.getSnapshot().contractName).toBe('《模拟小程序隐私保护指引》');
    expect(app.problems).toEqual([]);
  });
});

describe('one owner of the privacy popup for each host (W-16)', () => {
  it('an app that does not want a popup of its own leaves the host’s alone, whatever is on its pages', async () => {
    const app = createPrivacyApp({ ownPrivacyPopup: false });
    app.open();
    app.auth.start();
    await app.pressPhone();
    expect(app.listeners()).toBe(0);
    expect(app.questions()).toEqual(['privacy']);
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(false);
    app.device.sheets[0]?.allow();
    await app.clock.advance(second);
    expect(app.questions()).toEqual(['getPhoneNumber']);
  });

  it('two auths share it: one listener, and the popup of either answers', async () => {
    const app = createPrivacyApp();
    const other = app.another();
    const page = app.open(other);
    await app.pressPhone();
    expect([app.auth, other].map(({ privacy }) => privacy.getSnapshot().isAsking)).toEqual([true, true]);
    await page.pressAgree();
    expect(app.listeners()).toBe(1);
    expect(app.words()).toEqual(['exposureAuthorization', 'agree']);
  });

  it('one that wants it later shares it too, with the popups that are there already', async () => {
    const app = createPrivacyApp({ ownPrivacyPopup: false });
    const page = app.open();
    app.another({ ownPrivacyPopup: true });
    app.another({ ownPrivacyPopup: false });
    await app.pressPhone();
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(true);
    await page.pressAgree();
    expect([app.listeners(), app.questions()]).toEqual([1, ['getPhoneNumber']]);
  });

  it('it outlives the auth: a question goes on though the auth is stopped and started again', async () => {
    const app = createPrivacyApp();
    const page = app.open();
    app.auth.start();
    await app.pressPhone();
    app.auth.stop();
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(true);
    app.auth.start();
    await page.pressRefuse();
    expect(app.events).toEqual([REFUSED]);
    app.auth.stop();
    await app.clock.advance(10 * second);
    await app.pressPhone();
    await page.pressAgree();
    expect(app.words()).toEqual(['exposureAuthorization', 'disagree', 'exposureAuthorization', 'agree']);
    expect(app.listeners()).toBe(1);
  });

  it('a cold start has a new host, and listens there', async () => {
    const app = createPrivacyApp();
    app.open();
    await app.pressPhone();
    const auth = app.restart();
    const page = app.open(auth);
    await app.pressPhone();
    expect(app.listeners()).toBe(2);
    expect(auth.privacy.getSnapshot().isAsking).toBe(true);
    await page.pressAgree();
    expect(app.questions()).toEqual(['getPhoneNumber']);
  });

  it('a host that breaks when it is answered does not break what comes after', async () => {
    const app = createPrivacyApp();
    const platform = wechat({ wx: app.device.wx });
    let hear = (_: (answer: PrivacyResolution) => void) => {};
    const auth = app.another({
      platform: {
        ...platform,
        host: {},
        onPrivacyNeeded: (listener) => {
          hear = listener;
        },
      },
    });
    const told: string[] = [];
    const page = app.open(auth);
    hear(() => {
      throw new Failure('unknown', { message: 'a broken resolver' });
    });
    hear(({ event }) => void told.push(event));
    page.popup.disagree();
    expect(told).toEqual(['exposureAuthorization', 'disagree']);
    expect(app.problems.map(({ message }) => message)).toEqual(Array(2).fill('a broken resolver'));
    hear(({ event }) => void told.push(event));
    expect(auth.privacy.getSnapshot().isAsking).toBe(true);
  });

  it('an adapter that cannot listen is reported, and the host’s own popup asks on', async () => {
    const app = createPrivacyApp({ ownPrivacyPopup: false });
    const onPrivacyNeeded = () => {
      throw new Failure('unknown', { message: 'a broken adapter' });
    };
    const platform = { ...wechat({ wx: app.device.wx }), host: {}, onPrivacyNeeded };
    const auth = app.another({ platform, ownPrivacyPopup: true });
    app.open(auth);
    expect(app.problems).toMatchObject([{ message: 'a broken adapter' }]);
    await app.pressPhone();
    expect(app.questions()).toEqual(['privacy']);
  });

  it('one that ends against all expectation answers what it holds, and whatever the host asks it later (G-09)', () => {
    const { device, problems } = createPrivacyApp();
    let hear = (_: (answer: PrivacyResolution) => void) => {};
    const onPrivacyNeeded = (listener: typeof hear) => {
      hear = listener;
    };
    const platform = { ...wechat({ wx: device.wx }), onPrivacyNeeded };
    const logic = bindPrivacy({ platform, onProblem: (failure) => problems.push(failure) });
    const owner = createActor(logic, { input: { timing: defaultTiming } }).start();
    owner.send({ type: 'PROMPT.CLAIMED' });
    owner.send({ type: 'POPUP.SHOWN', popup: {} });
    const told: string[] = [];
    hear(({ event }) => void told.push(`first ${event}`));
    expect(told).toEqual([]);
    owner.stop();
    hear(({ event }) => void told.push(`second ${event}`));
    expect(told).toEqual(['first disagree', 'second disagree']);
    expect(problems).toEqual([]);
  });

  it('a sign-in goes its way while the person is asked', async () => {
    const app = createPrivacyApp();
    app.open();
    await app.pressPhone();
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(session.outcome).toHaveProperty('value');
    expect(app.auth.privacy.getSnapshot().isAsking).toBe(true);
  });
});
