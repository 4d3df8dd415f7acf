import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { texts } from '../../../components/link-account/texts.js';
import { failureText } from '../../../ports/failure.js';
import { type ComponentPage, loadComponent, type PageOptions } from '../support/component-page.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone } from '../support/phone.js';

const second = 1000;
const minute = 60 * second;
const REGISTER = '/register';
const PASSWORD_SIGN_IN = '/password-sign-in';
const LINK = '/wechat/link';
const says = texts.zh;
const password = 'correct horse battery';

const native = installNativePackage();
const load = loadComponent(native.folder, 'link-account', ['success', 'failure', 'change']);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

function start(options: PageOptions = {}) {
  const phone = createPhone(native);
  const auth = phone.createAuth();
  auth.start();
  return { phone, auth, page: load(options) };
}

function submit(page: ComponentPage, name: string, typed = password) {
  page.fire('form', 'submit', { value: { name, password: typed } });
}

const heard = (page: ComponentPage, type: string) =>
  page.heard.flatMap((event) => (event.type === type ? [event.detail] : []));

/** A user who registered by a name, on a phone where nobody is signed in any more. */
async function startWithUser(options: PageOptions = {}) {
  const app = start(options);
  const { phone, auth, page } = app;
  submit(page, 'xiaoming');
  await phone.clock.advance(second);
  auth.signOut();
  await phone.clock.advance(second);
  return app;
}

/** Another person's phone, with the same world and server, on which nobody is signed in. */
function anotherPhone({ phone }: ReturnType<typeof start>) {
  const other = createPhone(native, {
    cloud: phone.world.wechat,
    person: phone.world.addPerson({ nickname: '小红' }),
    clock: phone.clock,
    fetch: (input, init) => phone.backend.fetch(input, init),
  });
  const auth = other.createAuth({ clock: phone.clock });
  auth.start();
  return { phone, auth, page: load({ props: { mode: 'signIn' } }) };
}

describe('link-account', () => {
  it('registers, links, and tells the page whose the host account is (G-18)', async () => {
    const { phone, auth, page } = start();
    expect([page.text('title'), page.text('button'), page.text('other')]).toEqual([
      says.registerTitle,
      says.register,
      says.toSignIn,
    ]);
    submit(page, 'xiaoming');
    await phone.clock.settle();
    expect([page.text('button'), page.aria('button').ariaBusy, page.text('other')]).toEqual([
      says.busy,
      true,
      says.cancel,
    ]);
    await phone.clock.advance(second);
    expect([page.text('note'), page.part('button'), page.part('form')]).toEqual([says.linked, undefined, undefined]);
    const { user } = auth.getSnapshot();
    expect(heard(page, 'success')).toEqual([{ user: expect.objectContaining({ id: user?.id }), alreadyLinked: false }]);
    expect(phone.backend.calls.map(({ path }) => path.replace(/^.*\/denglu/, ''))).toEqual([REGISTER, LINK]);
  });

  it('signs in to an account that there is, and finds it linked before (G-19)', async () => {
    const { phone, page } = await startWithUser();
    expect(page.text('button')).toBe(says.register);
    page.tap('other');
    await phone.clock.settle();
    expect([page.text('title'), page.text('button'), page.text('other')]).toEqual([
      says.signInTitle,
      says.signIn,
      says.toRegister,
    ]);
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    expect(page.text('note')).toBe(says.alreadyLinked);
    expect(heard(page, 'success').at(-1)).toMatchObject({ alreadyLinked: true });
    expect(phone.requests(PASSWORD_SIGN_IN)).toBe(1);
  });

  const names: [name: string, props: Record<string, unknown>, body: object][] = [
    ['ming@example.com', {}, { email: 'ming@example.com' }],
    ['138 0013 8000', {}, { phone: '13800138000' }],
    ['13800138000', { by: 'username' }, { username: '13800138000' }],
  ];

  it.each(names)('takes a name of each kind: %s %j', async (name, props, body) => {
    const { phone, page } = start({ props });
    submit(page, name);
    await phone.clock.advance(second);
    expect(phone.backend.calls[0]?.body).toEqual({ ...body, password });
  });

  it('links whoever is signed in already, without a form', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.advance(second);
    const page = load();
    expect([page.part('form'), page.text('note'), page.text('button')]).toEqual([undefined, says.linkNote, says.link]);
    page.tap('button');
    await phone.clock.advance(second);
    expect(page.text('note')).toBe(says.alreadyLinked);
  });
});

describe('link-account asks', () => {
  it('for what is missing, and the server for nothing', async () => {
    const { phone, page } = start();
    submit(page, 'xiaoming', '');
    await phone.clock.settle();
    expect([page.text('hint'), phone.backend.calls]).toEqual([says.incomplete, []]);
    submit(page, 'xiaoming');
    await phone.clock.settle();
    expect(page.text('hint')).toBe('');
  });

  it('whether another account of this host gives way, and takes a no (G-19)', async () => {
    const { phone, page, auth } = anotherPhone(await startWithUser());
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    expect([page.text('note'), page.text('button'), page.text('other'), page.text('hint')]).toEqual([
      says.occupied,
      says.overwrite,
      says.keep,
      '',
    ]);
    expect(heard(page, 'failure')).toEqual([{ kind: 'link-occupied', text: failureText('link-occupied', 'zh') }]);
    page.tap('other');
    await phone.clock.settle();
    expect([page.text('note'), page.text('button')]).toEqual([says.linkNote, says.link]);
    expect([phone.requests(LINK), auth.getSnapshot().status]).toEqual([2, 'signedIn']);
  });

  it('whether another account of this host gives way, and takes a yes (G-19)', async () => {
    const { phone, page } = anotherPhone(await startWithUser());
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    page.tap('button');
    await phone.clock.advance(second);
    expect(page.text('note')).toBe(says.linked);
    expect(phone.backend.calls.at(-1)?.body).toMatchObject({ overwrite: true });
    expect(heard(page, 'success')).toHaveLength(1);
  });
});

describe('link-account says', () => {
  it('that another user has this host account, and tries again (G-19)', async () => {
    const { phone, page } = await startWithUser();
    submit(page, 'xiaohong');
    await phone.clock.advance(second);
    expect([page.text('note'), page.text('button'), page.text('hint')]).toEqual([says.linkedElsewhere, says.retry, '']);
    page.tap('button');
    await phone.clock.advance(second);
    expect(phone.requests(LINK)).toBe(3);
    expect(heard(page, 'failure').map((detail) => detail)).toEqual([
      { kind: 'linked-elsewhere', text: failureText('linked-elsewhere', 'zh') },
      { kind: 'linked-elsewhere', text: failureText('linked-elsewhere', 'zh') },
    ]);
  });

  it.each([
    ['zh', '该名称已被占用'],
    ['en', 'This name is taken.'],
  ])('in %s that a name is taken, to people and to the page', async (locale, text) => {
    const { phone, page } = await startWithUser({ props: { locale } });
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    expect([page.text('hint'), heard(page, 'failure')]).toEqual([text, [{ kind: 'name-taken', text }]]);
    expect(page.part('form')).toBeDefined();
  });

  it('that the password is wrong, each time', async () => {
    const { phone, page } = await startWithUser();
    page.tap('other');
    await phone.clock.settle();
    submit(page, 'xiaoming', 'wrong password');
    await phone.clock.advance(second);
    submit(page, 'xiaoming', 'wrong password');
    await phone.clock.advance(second);
    expect(page.text('hint')).toBe('账号或密码不正确');
    expect(heard(page, 'failure')).toHaveLength(2);
  });

  it('why it failed once, whatever the app does afterwards', async () => {
    const { phone, auth, page } = await startWithUser();
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    auth.ensure();
    await phone.clock.advance(second);
    expect(heard(page, 'failure')).toHaveLength(1);
  });

  it('that it took too long, and goes on without the password once somebody is signed in (G-09)', async () => {
    const { phone, page } = start();
    phone.backend.failNext(LINK, { hang: true });
    submit(page, 'xiaoming');
    await phone.clock.advance(minute);
    expect([page.text('hint'), page.text('button')]).toEqual(['等待超时,请重试', says.retry]);
    page.tap('button');
    await phone.clock.advance(second);
    expect(page.text('note')).toBe(says.linked);
  });

  it('nothing after a cancelled attempt, and shows the form again (G-09)', async () => {
    const { phone, page } = start();
    phone.backend.failNext(REGISTER, { hang: true });
    submit(page, 'xiaoming');
    await phone.clock.settle();
    page.tap('other');
    await phone.clock.settle();
    expect([page.text('button'), page.text('hint')]).toEqual([says.register, '']);
  });

  it('that the app is not set up, where it has not called createAuth', async () => {
    createPhone(native);
    const page = load();
    expect(page.text('hint')).toBe('应用配置有误');
    submit(page, 'xiaoming');
    await Promise.resolve();
    expect(heard(page, 'success')).toEqual([]);
  });
});

describe('a link-account that is done', () => {
  it('says so also while the session is renewed, and starts anew once the user has signed out', async () => {
    const { phone, auth, page } = start();
    submit(page, 'xiaoming');
    await phone.clock.advance(6 * minute);
    phone.world.wechat.expireSession(phone.account);
    phone.device.hide();
    phone.device.show();
    await phone.clock.advance(second);
    expect(page.text('note')).toBe(says.linked);
    expect(heard(page, 'success')).toHaveLength(1);
    auth.signOut();
    await phone.clock.advance(second);
    expect([page.text('title'), page.text('button')]).toEqual([says.registerTitle, says.register]);
  });

  it('shows what the page puts there', async () => {
    const { phone, page } = start({ content: '<text slot="done">Welcome</text><text slot="terms">Terms</text>' });
    expect(page.reads).toContain('Terms');
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    expect(page.reads).toContain('Welcome');
  });
});

describe('passwords (G-23)', () => {
  it('are in no data, no event and nothing that crosses the bridge', async () => {
    const { phone, page } = start();
    phone.backend.failNext(REGISTER, { status: 500, code: 'INTERNAL' });
    submit(page, 'xiaoming');
    await phone.clock.settle();
    const halfway = JSON.stringify(page.data());
    await phone.clock.advance(second);
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    const everything =
      halfway + JSON.stringify([page.data(), page.sent, page.heard.filter(({ type }) => type !== 'tap')]);
    expect(page.text('note')).toBe(says.linked);
    expect(everything).not.toContain(password);
  });

  it('are typed unseen', () => {
    const { page } = start();
    expect(page.attribute('password', 'password')).toBe(true);
    expect(page.attribute('name', 'password')).toBe(false);
  });
});

describe('the page of link-account', () => {
  it('sends each form once, however often it is tapped (G-21)', async () => {
    const { phone, page } = start();
    submit(page, 'xiaoming');
    submit(page, 'xiaoming');
    await phone.clock.settle();
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    expect([phone.requests(REGISTER), heard(page, 'success').length]).toEqual([1, 1]);
  });

  it('opens no other form while it is disabled, and takes nothing that is typed', () => {
    const { page } = start({ props: { disabled: true } });
    const title = page.text('title');
    page.tap('other');
    expect(page.text('title')).toBe(title);
    expect(['other', 'name', 'password'].map((part) => page.attribute(part, 'disabled'))).toEqual([true, true, true]);
  });

  it('sends nothing while it is disabled', async () => {
    const { phone, page } = start({ props: { disabled: true } });
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    expect([phone.backend.calls, page.attribute('button', 'disabled')]).toEqual([[], true]);
  });

  it('hears nothing once it has gone, and what was given is finished (G-17)', async () => {
    const { phone, auth, page } = start();
    submit(page, 'xiaoming');
    await phone.clock.settle();
    const before = [page.sent.length, page.told.length];
    page.leave();
    await phone.clock.advance(second);
    expect([page.sent.length, page.told.length]).toEqual(before);
    expect([phone.requests(LINK), auth.getSnapshot().status]).toEqual([1, 'signedIn']);
  });

  it('dresses it', () => {
    const { page } = start({
      attributes: 'denglu-class="big" denglu-input-class="line" denglu-button-class="green" denglu-hint-class="small"',
    });
    expect(page.part('link-account')?.classList).toContain('big');
    expect(page.part('name')?.classList).toContain('line');
    expect(page.part('button')?.classList).toContain('green');
    expect(page.part('hint')?.classList).toContain('small');
  });

  it('hears how it goes, by names of its own (W-20)', async () => {
    const { phone, page } = start();
    submit(page, 'xiaoming');
    await phone.clock.advance(second);
    expect(heard(page, 'change')).toEqual([
      { state: 'registering', busy: true },
      { state: 'takingCode', busy: true },
      { state: 'linking', busy: true },
      { state: 'linked', busy: false },
    ]);
    expect(page.told).toEqual(['change', 'change', 'change', 'change', 'success']);
  });
});

it('what link-account sends over the bridge is what changed, once per visible change (W-24)', async () => {
  const { phone, page } = start({ props: { texts: {}, disabled: false } });
  const { length } = page.sent;
  submit(page, 'xiaoming');
  await phone.clock.advance(second);
  page.set({ texts: {}, disabled: false });
  expect(page.sent.slice(length)).toEqual([
    { 'view.action': says.busy, 'view.other': says.cancel, 'view.busy': true },
    { 'view.stage': 'link', 'view.title': says.linkTitle, 'view.note': says.linkNote },
    { 'view.stage': 'done', 'view.note': says.linked, 'view.action': '', 'view.other': '', 'view.busy': false },
  ]);
});
