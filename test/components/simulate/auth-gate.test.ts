import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { loadComponent } from '../support/component-page.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone } from '../support/phone.js';

const second = 1000;
const minute = 60 * second;
const native = installNativePackage();
const load = loadComponent(native.folder, 'auth-gate', ['change']);
const content = '<text>in</text><text slot="fallback">out</text><text slot="pending">wait</text>';
const open = () => load({ content });

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

function start() {
  const phone = createPhone(native);
  const auth = phone.createAuth();
  auth.start();
  return { phone, auth };
}

describe('the gate shows', () => {
  it('the fallback to strangers, the content to whoever signs in, and the fallback again after that', async () => {
    const { phone, auth } = start();
    const page = open();
    expect(page.reads).toBe('out');
    auth.ensure();
    await phone.clock.settle();
    expect(page.reads).toBe('out');
    await phone.clock.advance(second);
    expect(page.reads).toBe('in');
    auth.signOut();
    expect(page.reads).toBe('out');
    await phone.clock.advance(second);
    expect(page.heard.map(({ detail }) => detail)).toEqual([
      { shown: 'fallback' },
      { shown: 'content' },
      { shown: 'fallback' },
    ]);
  });

  it('neither while the app is finding out at its start', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.settle();
    const page = open();
    expect([page.reads, page.told, page.sent]).toEqual(['wait', [], []]);
    await phone.clock.advance(second);
    expect(page.reads).toBe('in');
  });

  it('the fallback where the app has made no auth, and follows the one that it makes', async () => {
    const phone = createPhone(native);
    const page = open();
    expect(page.reads).toBe('out');
    const auth = phone.createAuth();
    auth.ensure();
    await phone.clock.advance(second);
    expect(page.reads).toBe('in');
  });
});

describe('the gate sends over the bridge (W-24)', () => {
  it('one word per change, and nothing while the session is checked and renewed', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.advance(6 * minute);
    const page = open();
    phone.world.wechat.expireSession(phone.account);
    phone.device.hide();
    phone.device.show();
    await phone.clock.advance(second);
    expect(page.sent).toEqual([{ 'view.shown': 'content' }]);
    expect(page.told).toEqual(['change']);
  });

  it('nothing once it has left the page (G-17)', async () => {
    const { phone, auth } = start();
    const page = open();
    page.leave();
    auth.ensure();
    await phone.clock.advance(second);
    expect(page.sent).toEqual([{ 'view.shown': 'fallback' }]);
    page.enter();
    expect(page.reads).toBe('in');
  });
});

it('the gate wears the class of the page', () => {
  start();
  const page = load({ content, attributes: 'denglu-class="door"' });
  expect(document.querySelector('.door')?.textContent).toBe('out');
  expect(page.reads).toBe('out');
});
