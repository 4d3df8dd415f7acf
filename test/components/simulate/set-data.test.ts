import { afterAll, afterEach, describe, expect, type TestContext, test, vi } from 'vitest';
import { texts } from '../../../components/link-account/texts.js';
import { loadLoginButton } from '../support/button-page.js';
import { loadComponent } from '../support/component-page.js';
import { loadForm } from '../support/form-page.js';
import { useHostForms } from '../support/host-forms.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone, type PhoneOptions } from '../support/phone.js';
import { loadPhoneButton } from '../support/phone-page.js';
import { loadProfileButton } from '../support/profile-page.js';
import { type Meter, meter, type Traffic } from '../support/traffic.js';

declare module 'vitest' {
  interface TaskMeta {
    /** For `npm run size`: what crossed the bridge. */
    traffic?: Traffic;
  }
}

const second = 1000;
const minute = 60 * second;
/** Has the profile's sheet, and no form (W-06, W-11). */
const SHEET = { baseLibrary: '2.20.0' };

const native = installNativePackage();
const open = {
  loginButton: loadLoginButton(native.folder),
  phoneButton: loadPhoneButton(native.folder),
  profileButton: loadProfileButton(native.folder),
  avatarNickname: loadForm(native.folder),
  linkAccount: loadComponent(native.folder, 'link-account', ['success', 'failure', 'change']),
  privacyPopup: loadComponent(native.folder, 'privacy-popup', ['change', 'agree', 'refuse']),
  authGate: loadComponent(native.folder, 'auth-gate', ['change']),
};

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

function start(options?: PhoneOptions) {
  const phone = createPhone(native, options);
  const auth = phone.createAuth();
  auth.start();
  return { phone, auth };
}

async function signedIn(options?: PhoneOptions) {
  const app = start(options);
  app.auth.ensure();
  await app.phone.clock.advance(second);
  return app;
}

/** At most one call for each visible change, and less than half of what the whole view each time would be. */
function judge({ task }: TestContext, measured: Meter, atLeast: number) {
  const traffic = measured.traffic();
  task.meta.traffic = traffic;
  expect(traffic.changes).toBeGreaterThanOrEqual(atLeast);
  expect(traffic.calls).toBeLessThanOrEqual(traffic.changes);
  expect(traffic.bytes).toBeLessThan(traffic.wholeBytes / 2);
}

describe('from first paint to settled there is one setData call for each visible change, at most (W-24)', () => {
  test('silent login · `login-button`: a tap, signed in', async (context) => {
    const { phone } = start();
    const page = open.loginButton();
    const measured = meter(page, phone.clock);
    page.tap();
    await measured.pass(second);
    expect(page.look().signedIn).toBe(true);
    judge(context, measured, 3);
  });

  test('session · `login-button`: restored, renewed on show, signed out', async (context) => {
    const { phone, auth } = await signedIn();
    auth.stop();
    const next = phone.createAuth();
    next.start();
    const page = open.loginButton();
    const measured = meter(page, phone.clock);
    await measured.pass(second);
    await phone.clock.advance(6 * minute);
    phone.world.wechat.expireSession(phone.account);
    phone.device.hide();
    phone.device.show();
    await measured.pass(second);
    next.signOut();
    await measured.pass(second);
    expect(page.look()).toMatchObject({ signedIn: false, busy: false });
    judge(context, measured, 3);
  });

  test('session · `auth-gate`: found at the start, then the content', async (context) => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.settle();
    const page = open.authGate({ content: '<text>in</text><text slot="pending">wait</text>' });
    const measured = meter(page, phone.clock);
    await measured.pass(second);
    expect(page.reads).toBe('in');
    judge(context, measured, 2);
  });

  test('phone authorization · `phone-button`: a tap, a yes, signed in', async (context) => {
    const { phone } = start();
    const page = open.phoneButton();
    const measured = meter(page, phone.clock);
    const press = page.press(phone.device);
    await measured.pass(100);
    press.allow();
    await measured.pass(second);
    expect(page.told).toContain('success');
    judge(context, measured, 3);
  });

  test('user profile · `profile-button`: a tap, a yes, saved', async (context) => {
    const { phone } = await signedIn(SHEET);
    const page = open.profileButton({ props: { desc: 'x' } });
    const measured = meter(page, phone.clock);
    await measured.pass(second);
    page.press(phone.device);
    await measured.pass(100);
    phone.device.sheets.at(-1)?.allow();
    await measured.pass(second);
    expect(page.told).toContain('success');
    judge(context, measured, 3);
  });

  test('user profile · `avatar-nickname`: a picture, a name, saved', async (context) => {
    await useHostForms();
    const { phone } = await signedIn();
    const page = open.avatarNickname();
    const measured = meter(page, phone.clock);
    const press = page.pressAvatar(phone.device);
    await measured.pass(100);
    press.allow();
    await measured.pass(100);
    const input = page.nickname(phone.device);
    input.type('小林');
    input.blur();
    await measured.pass(100);
    page.submit(input.value);
    await measured.pass(2 * second);
    expect(page.told).toContain('success');
    judge(context, measured, 4);
  });

  test('account linking · `link-account`: registered, linked', async (context) => {
    const { phone } = start();
    const page = open.linkAccount();
    const measured = meter(page, phone.clock);
    page.fire('form', 'submit', { value: { name: 'xiaoming', password: 'correct horse battery' } });
    await measured.pass(2 * second);
    expect(page.text('note')).toBe(texts.zh.linked);
    judge(context, measured, 3);
  });

  test('privacy · `privacy-popup`: asked, a yes', async (context) => {
    const phone = createPhone(native, { privacyAgreed: false, publishedAt: 0 });
    phone.createAuth({ ownPrivacyPopup: true }).start();
    const page = open.privacyPopup();
    const measured = meter(page, phone.clock);
    phone.device.press({ openType: 'getPhoneNumber' }, {});
    await measured.pass(second);
    phone.device.press(
      { openType: String(page.attribute('agree', 'openType')), id: 'denglu-agree' },
      { agreeprivacyauthorization: () => page.fire('agree', 'agreeprivacyauthorization') },
    );
    await measured.pass(second);
    expect(page.told).toContain('agree');
    judge(context, measured, 3);
  });
});
