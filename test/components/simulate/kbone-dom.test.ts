import { afterEach, describe, expect, it, vi } from 'vitest';
import { server } from '../../../adapters/server.js';
import { wechat } from '../../../adapters/wechat.js';
import { agreement, avatarNickname, kbone, linkAccount, loginButton, phoneButton } from '../../../kbone/index.js';
import { createAuth } from '../../../machines/create-auth.js';
import { failureText, toFailure } from '../../../ports/failure.js';
import { createPhone, type PhoneOptions } from '../support/phone.js';

const second = 1000;
const minute = 60 * second;
/** The last one whose phone button gives no code of its own, so that one is made ready (W-13). */
const OLD: PhoneOptions = { baseLibrary: '2.21.1' };

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function start(options?: PhoneOptions) {
  const phone = createPhone({ createAuth, wechat, server }, options);
  const auth = phone.createAuth({ platform: kbone() });
  auth.start();
  await phone.clock.advance(second);
  return { ...phone, auth };
}

const buttonOf = ({ element }: { element: HTMLElement }) => {
  const button = element.querySelector<HTMLElement>('.denglu-button');
  if (!button) throw new Error('there is no button');
  return button;
};

const hostEvent = (type: string, detail: object) => Object.assign(new Event(type), { detail });

const undone: (() => unknown)[] = [];
afterEach(() => {
  for (const undo of undone.splice(0)) undo();
});

/** Every attribute that is written, and every text and child that is, from now on. */
function watchWrites(): string[] {
  const writes: string[] = [];
  const watch = (
    prototype: Element | Node,
    method: 'setAttribute' | 'removeAttribute' | 'appendChild' | 'removeChild',
  ) => {
    const original: (...args: never[]) => unknown = Reflect.get(prototype, method);
    Reflect.set(prototype, method, function (this: Node, ...args: never[]) {
      writes.push(`${method} ${args.map((arg: unknown) => (arg instanceof Element ? arg.className : arg)).join(' ')}`);
      return original.apply(this, args);
    });
    return () => Reflect.set(prototype, method, original);
  };
  undone.push(
    watch(Element.prototype, 'setAttribute'),
    watch(Element.prototype, 'removeAttribute'),
    watch(Node.prototype, 'appendChild'),
    watch(Node.prototype, 'removeChild'),
  );
  return writes;
}
describe('a button in kbone’s DOM', () => {
  it('is the host’s, and asks it within the tap (K-02, G-10)', async () => {
    const { device } = await start();
    const view = loginButton(document);
    expect(buttonOf(view).tagName).toBe('WX-BUTTON');
    device.tap(() => buttonOf(view).click());
    expect(device.calls.filter(({ api }) => api === 'login').map(({ inGesture }) => inGesture)).toEqual([true]);
  });

  it('freezes within the tap, and stays as it is until the answer has come (G-10, G-15)', async () => {
    const { clock } = await start(OLD);
    const success = vi.fn();
    const view = phoneButton(document, { on: { success } });
    await clock.advance(second);
    const button = buttonOf(view);
    expect(button.getAttribute('open-type')).toBe('getPhoneNumber');
    button.click();
    view.set({ accepted: false, disabled: true, mode: 'update' });
    await clock.advance(second);
    expect([buttonOf(view) === button, button.getAttribute('open-type'), button.hasAttribute('disabled')]).toEqual([
      true,
      'getPhoneNumber',
      false,
    ]);
    button.dispatchEvent(hostEvent('getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' }));
    await clock.advance(second);
    expect(buttonOf(view)).not.toBe(button);
  });

  it('never becomes the other phone button, of which kbone tells nothing (K-02)', async () => {
    const { host, auth } = await start();
    expect([wechat({ wx: host }).abilities.realtimePhone, kbone().abilities.realtimePhone]).toEqual([true, false]);
    expect(auth.phone({ realtime: true }).getSnapshot().openType).toBe('getPhoneNumber');
  });

  it('writes what has changed, and nothing else (W-24)', async () => {
    await start();
    const view = loginButton(document);
    const writes = watchWrites();
    view.set({ disabled: true });
    view.set({ disabled: true, locale: 'zh' });
    const disabling = ['setAttribute class denglu-button denglu-disabled', 'setAttribute disabled true'];
    expect(writes).toEqual(disabling);
    view.set({ disabled: false });
    expect(writes).toEqual([...disabling, 'setAttribute class denglu-button', 'removeAttribute disabled']);
  });

  it('says that it is busy by its class and its spinner alone (W-24)', async () => {
    const { auth, clock } = await start();
    loginButton(document);
    const writes = watchWrites();
    auth.ensure();
    expect(writes.sort()).toEqual(
      [
        'appendChild denglu-spinner',
        'setAttribute class denglu-button denglu-button--busy',
        // The label is a text, and a text is a child.
      ].sort(),
    );
    await clock.advance(second);
  });

  it('asks for the terms by a tap alone, not again by taking them back (G-16)', async () => {
    await start();
    const view = loginButton(document, { accepted: false });
    const hint = () => view.element.querySelector('.denglu-hint')?.textContent;
    buttonOf(view).click();
    expect(hint()).not.toBe('');
    view.set({ accepted: true });
    view.set({ accepted: false });
    expect(hint()).toBe('');
    buttonOf(view).click();
    view.set({ disabled: true });
    expect(hint()).not.toBe('');
  });

  it('makes nothing ready while its page is hidden, and does once it is shown (G-02)', async () => {
    const { clock, count } = await start(OLD);
    const view = phoneButton(document);
    await clock.advance(second);
    view.hide();
    await clock.advance(20 * minute);
    expect([buttonOf(view).getAttribute('open-type'), count('login')]).toEqual([null, 1]);
    view.show();
    await clock.advance(second);
    expect([buttonOf(view).getAttribute('open-type'), count('login')]).toEqual(['getPhoneNumber', 2]);
    view.release();
    view.hide();
    view.show();
    await clock.advance(minute);
    expect(count('login')).toBe(2);
  });

  it('shares no id with another on the page', async () => {
    const { clock } = await start();
    const views = [phoneButton(document), phoneButton(document)];
    await clock.advance(second);
    const ids = views.flatMap(({ element }) => [...element.querySelectorAll('[id]')].map(({ id }) => id));
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('shows the links that name the terms, also those that come later, go, or give way', () => {
    const view = agreement(document);
    const [first, second] = [document.createElement('a'), document.createElement('a')];
    const shown = () => ({
      links: [...view.element.querySelectorAll('a')],
      terms: view.element.querySelector('.denglu-check-terms') !== null,
    });
    view.set({ links: first });
    expect(shown()).toEqual({ links: [first], terms: false });
    view.set({ links: second });
    expect(shown()).toEqual({ links: [second], terms: false });
    view.set({ links: null });
    expect(shown()).toEqual({ links: [], terms: true });
    expect(agreement(document, { links: first }).element.contains(first)).toBe(true);
  });

  it('shows and tells nothing once it was released (G-17)', async () => {
    const { clock, auth } = await start();
    const told = vi.fn();
    const views = [
      loginButton(document, { on: { success: told, change: told } }),
      phoneButton(document, { on: { success: told, change: told } }),
      agreement(document, { on: { change: told } }),
      linkAccount(document, { on: { success: told, change: told } }),
    ];
    buttonOf(views[0] ?? expect.fail()).click();
    const check = views[2]?.element.querySelector<HTMLElement>('.denglu-check');
    told.mockClear();
    for (const view of views) view.release();
    const writes = watchWrites();
    check?.click();
    await clock.advance(2 * second);
    expect([auth.getSnapshot().status, told.mock.calls, writes]).toEqual(['signedIn', [], []]);
  });
});

describe('the same elements in a browser (K-03)', () => {
  it('are a browser’s own, in its language, with what screen readers want', () => {
    vi.stubGlobal('wx', undefined);
    const view = linkAccount(document);
    expect(buttonOf(view).outerHTML).toContain('<button class="denglu-button" type="submit" aria-label="Sign up"');
    expect([...view.element.querySelectorAll('input')].map(({ type, autocomplete }) => [type, autocomplete])).toEqual([
      ['text', 'username'],
      ['password', ''],
    ]);
  });

  it('say of a phone number that it cannot be had there', () => {
    vi.stubGlobal('wx', undefined);
    createAuth({
      platform: kbone({ window: browserWindow() }),
      backend: server({ baseUrl: 'https://api.test' }),
    }).start();
    const failure = vi.fn();
    const view = phoneButton(document, { locale: 'en', on: { failure } });
    buttonOf(view).click();
    expect(view.element.textContent).toContain(failureText('unsupported', 'en'));
    expect(failure.mock.calls).toEqual([[{ kind: 'unsupported', text: failureText('unsupported', 'en') }]]);
  });

  it('have a person sign in where somebody is asked for, and never ask the browser to', async () => {
    vi.stubGlobal('wx', undefined);
    const platform = kbone({ window: browserWindow() });
    const login = vi.spyOn(platform, 'login');
    const auth = createAuth({ platform, backend: server({ baseUrl: 'https://api.test' }) });
    const kindOf = (answer: PromiseLike<unknown>) =>
      answer.then(
        () => 'answered',
        (error: unknown) => toFailure(error).kind,
      );
    const early = kindOf(auth.ensure());
    expect(await early).toBe('token-rejected');
    expect(await kindOf(auth.ensure({ withUnionId: true }))).toBe('token-rejected');
    expect(await kindOf(auth.request({ url: 'https://api.test/orders' }))).toBe('token-rejected');
    expect([auth.getSnapshot().status, login.mock.calls]).toEqual(['signedOut', []]);
  });

  it('give a picture back to the browser once another takes its place, or the page is gone', async () => {
    const { view, choose, held } = await formInBrowser();
    choose();
    expect(held()).toEqual(['blob:1']);
    choose();
    expect(held()).toEqual(['blob:2']);
    expect(view.element.querySelector('img')?.getAttribute('src')).toBe('blob:2');
    view.release();
    choose();
    expect(held()).toEqual([]);
  });

  it('leave a picture that is being sent where it can be read, though the page be gone (G-17)', async () => {
    const { view, choose, held } = await formInBrowser();
    choose();
    buttonOf(view).closest('form')?.requestSubmit();
    expect(buttonOf(view).getAttribute('aria-busy')).toBe('true');
    choose();
    expect(held()).toContain('blob:1');
    view.release();
    expect(held()).toContain('blob:1');
  });

  it('take a page in WeChat’s own browser for one, though it has a wx', () => {
    vi.stubGlobal('wx', { config() {}, ready() {} });
    expect(buttonOf(loginButton(document)).tagName).toBe('BUTTON');
    expect(kbone({ window: browserWindow() }).name).toBe('browser');
  });
});

/** A form whose pictures are counted while the browser has to keep them. */
async function formInBrowser() {
  vi.stubGlobal('wx', undefined);
  const kept = new Set<string>();
  let count = 0;
  vi.stubGlobal(
    'URL',
    Object.assign(class extends URL {}, {
      createObjectURL() {
        count += 1;
        kept.add(`blob:${count}`);
        return `blob:${count}`;
      },
      revokeObjectURL: (address: string) => kept.delete(address),
    }),
  );
  const platform = kbone({ window: browserWindow() });
  createAuth({ platform, backend: server({ baseUrl: 'https://api.test' }) }).start();
  const view = avatarNickname(document);
  document.body.append(view.element);
  undone.push(() => view.element.remove());
  const chooser: { current: HTMLInputElement | null } = { current: null };
  const click = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
    chooser.current = this;
  });
  view.element.querySelector<HTMLElement>('.denglu-avatar')?.click();
  click.mockRestore();
  return {
    view,
    held: () => [...kept],
    choose() {
      const input = chooser.current ?? expect.fail('no file was asked for');
      Object.defineProperty(input, 'files', { configurable: true, value: [new File(['picture'], 'face.png')] });
      input.dispatchEvent(new Event('change'));
    },
  };
}

/** The window of this document, with a network that is out. */
function browserWindow() {
  return Object.assign(window, { fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
}
