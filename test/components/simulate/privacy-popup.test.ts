import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { AuthOptions } from '../../../machines/create-auth.js';
import { type ComponentPage, loadComponent } from '../support/component-page.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone } from '../support/phone.js';

const second = 1000;
const native = installNativePackage();
const open = loadComponent(native.folder, 'privacy-popup', ['change', 'agree', 'refuse']);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

/** A person who has not agreed yet, and an app that asks by its own popup. */
function start(options: Partial<AuthOptions> = {}) {
  const phone = createPhone(native, { privacyAgreed: false, publishedAt: 0 });
  const problems: string[] = [];
  const told: unknown[] = [];
  const { onNeedPrivacyAuthorization } = phone.host;
  Object.assign(phone.host, {
    onNeedPrivacyAuthorization: (listener: (resolve: unknown) => void) =>
      onNeedPrivacyAuthorization?.((resolve: unknown) => {
        listener((resolution: unknown) => {
          told.push(resolution);
          if (typeof resolve === 'function') resolve(resolution);
        });
      }),
  });
  const make = () =>
    phone.createAuth({
      ownPrivacyPopup: true,
      onProblem: (failure: { message: string }) => problems.push(failure.message),
      ...options,
    });
  const auth = make();
  auth.start();
  /** What the phone button's page hears. */
  const heard: unknown[] = [];
  return {
    phone,
    auth,
    make,
    problems,
    /** What the host was told, in order. */
    told,
    heard,
    questions: () => phone.device.sheets.map(({ question }) => question),
    async pressPhone() {
      phone.device.press({ openType: 'getPhoneNumber' }, { getphonenumber: ({ detail }) => void heard.push(detail) });
      await phone.clock.advance(second);
    },
    /** The host sees the button first, and then tells its event (W-16). */
    async pressAgree(page: ComponentPage) {
      phone.device.press(
        { openType: String(page.attribute('agree', 'openType')), id: 'denglu-agree' },
        { agreeprivacyauthorization: () => page.fire('agree', 'agreeprivacyauthorization') },
      );
      await phone.clock.advance(second);
    },
    async pressRefuse(page: ComponentPage) {
      page.tap('refuse');
      await phone.clock.advance(second);
    },
  };
}

describe('the privacy popup', () => {
  it('is nowhere until somebody is asked, and sends nothing until then (W-24)', async () => {
    const { phone } = start();
    const page = open();
    await phone.clock.advance(second);
    expect([page.part('sheet'), page.sent, page.told]).toEqual([undefined, [], []]);
  });

  it('comes up with the guide’s name; its button agrees, and the phone sheet opens (W-16)', async () => {
    const app = start();
    const page = open();
    await app.pressPhone();
    expect(page.text('link')).toBe('《模拟小程序隐私保护指引》');
    expect(page.aria('sheet-panel')).toMatchObject({ ariaRole: 'dialog', ariaLabel: '隐私保护提示' });
    expect(app.questions()).toEqual([]);
    await app.pressAgree(page);
    expect(page.part('sheet')).toBeUndefined();
    expect(app.questions()).toEqual(['getPhoneNumber']);
    expect(page.told).toEqual(['change', 'change', 'agree']);
    expect(app.problems).toEqual([]);
  });

  it('refused, the button hears a refusal of the guide (W-14, W-16)', async () => {
    const app = start();
    const page = open();
    await app.pressPhone();
    await app.pressRefuse(page);
    expect(page.part('sheet')).toBeUndefined();
    expect(app.heard).toEqual([expect.objectContaining({ errno: 104 })]);
    expect(page.heard.filter(({ type }) => type !== 'tap')).toEqual([
      { type: 'change', detail: { asking: true } },
      { type: 'change', detail: { asking: false } },
      { type: 'refuse', detail: {} },
    ]);
  });

  it('tells the host that the question is seen once it is drawn, and by which button it was agreed (W-16)', async () => {
    const app = start();
    const page = open();
    await app.pressPhone();
    expect(app.told).toEqual([{ event: 'exposureAuthorization' }]);
    await app.pressAgree(page);
    expect(app.told.slice(1)).toEqual([{ event: 'agree', buttonId: 'denglu-agree' }]);
  });

  it('opens the guide by its name, and is still there when the person comes back from it', async () => {
    const app = start();
    const page = open();
    await app.pressPhone();
    page.tap('link');
    await app.phone.clock.settle();
    const { length } = page.sent;
    page.hide();
    await app.phone.clock.advance(second);
    expect(app.phone.count('openPrivacyContract')).toBe(1);
    expect(page.part('sheet')).toBeDefined();
    page.show();
    expect(page.sent).toHaveLength(length);
    await app.pressAgree(page);
    expect(app.questions()).toEqual(['getPhoneNumber']);
  });

  it('answers no for whoever leaves the page, so that no call hangs (W-16)', async () => {
    const app = start();
    const page = open();
    await app.pressPhone();
    page.hide();
    await app.phone.clock.advance(second);
    expect(page.part('sheet')).toBeUndefined();
    expect(app.heard).toEqual([expect.objectContaining({ errno: 104 })]);
  });

  it('answers no where its page is gone for good, and sets no data any more (G-17)', async () => {
    const app = start();
    const page = open({ props: { locale: 'zh' } });
    await app.pressPhone();
    const { length } = page.sent;
    page.leave();
    await app.phone.clock.advance(second);
    page.set({ locale: 'en' });
    expect(app.heard).toEqual([expect.objectContaining({ errno: 104 })]);
    expect(page.sent).toHaveLength(length);
  });

  it('comes up on the visible page only, where two pages have one', async () => {
    const app = start();
    const below = open();
    below.hide();
    const above = open();
    await app.pressPhone();
    expect([below.part('sheet'), below.sent]).toEqual([undefined, []]);
    expect(above.part('sheet')).toBeDefined();
    await app.pressAgree(above);
    expect(below.sent).toEqual([]);
  });

  it('keeps its question where another auth takes the place of the first', async () => {
    const app = start();
    const page = open();
    await app.pressPhone();
    app.make();
    expect(page.part('sheet')).toBeDefined();
    await app.pressAgree(page);
    expect(app.questions()).toEqual(['getPhoneNumber']);
  });

  it('stays away where the host asks by itself', async () => {
    const app = start({ ownPrivacyPopup: false });
    const page = open();
    await app.pressPhone();
    expect(page.part('sheet')).toBeUndefined();
    expect(app.questions()).toEqual(['privacy']);
  });

  it('speaks the language and the words of the page, and shows its details', async () => {
    const app = start();
    const page = open({
      props: { locale: 'en', texts: { refuse: 'No' } },
      content: '<text slot="details">Why we ask</text>',
    });
    await app.pressPhone();
    expect(page.reads).toBe(
      'Your privacyBefore you go on, please read 《模拟小程序隐私保护指引》. If you agree to it, tap “Agree” to continue.Why we askNoAgree',
    );
  });

  it('wears the classes of the page', async () => {
    const app = start();
    const page = open({ attributes: 'denglu-class="half" denglu-agree-class="yes" denglu-refuse-class="no"' });
    await app.pressPhone();
    expect(page.part('sheet-panel')?.classList).toContain('half');
    expect(page.part('agree')?.classList).toContain('yes');
    expect(page.part('refuse')?.classList).toContain('no');
  });

  it('sends what is asked in one call, and one word when it is answered (W-24)', async () => {
    const app = start();
    const page = open();
    await app.pressPhone();
    await app.pressAgree(page);
    expect(page.sent).toHaveLength(2);
    expect(page.sent[0]).toMatchObject({ 'view.asking': true, 'view.agree': '同意' });
    expect(page.sent[1]).toEqual({ 'view.asking': false });
  });
});
