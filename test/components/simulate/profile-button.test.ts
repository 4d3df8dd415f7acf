import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { failureText } from '../../../ports/failure.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone, type Phone, type PhoneOptions } from '../support/phone.js';
import { loadProfileButton, type ProfileLook, type ProfilePage } from '../support/profile-page.js';

const second = 1000;
const calm: ProfileLook = { label: '设置头像和昵称', hint: '', busy: false, openType: '', fillIn: '', form: false };
/** Has the sheet, and no form (W-06, W-11). */
const SHEET = { baseLibrary: '2.20.0' };
/** Has the host's button alone (W-18), and an app from before it told stand-ins (W-08). */
const BUTTON = { baseLibrary: '2.10.0', publishedAt: Date.UTC(2021, 0) };
const desc = '用于展示';

const native = installNativePackage();
const open = loadProfileButton(native.folder);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

/** Somebody is signed in. */
async function start(phoneOptions?: PhoneOptions) {
  const phone = createPhone(native, phoneOptions);
  const auth = phone.createAuth();
  auth.ensure();
  await phone.clock.advance(second);
  return { phone, auth };
}

/** A page on which the button has been made ready. */
async function opened(phone: Phone, props: Parameters<typeof open>[0] = {}) {
  const page = open({ ...props, props: { desc, ...props.props } });
  await phone.clock.advance(second);
  return page;
}

const outcomes = (page: ProfilePage) => page.heard.filter(({ type }) => type !== 'change' && type !== 'tap');

describe('the profile button, where the host has a sheet', () => {
  async function asked(phone: Phone, page: ProfilePage, answer: 'allow' | 'deny') {
    page.press(phone.device);
    await phone.clock.advance(500);
    phone.device.sheets.at(-1)?.[answer]();
    await phone.clock.advance(2 * second);
  }

  it('asks in the tap itself, and saves what the host tells (W-06, G-10)', async () => {
    const { phone, auth } = await start(SHEET);
    const page = await opened(phone);
    expect(page.look()).toEqual(calm);
    await asked(phone, page, 'allow');
    expect(page.look()).toEqual({ ...calm, label: '已保存' });
    const { user } = auth.getSnapshot();
    expect(user?.nickname).toBe('小明');
    expect(outcomes(page)).toEqual([{ type: 'success', detail: { user } }]);
    expect(page.heard.filter(({ type }) => type === 'tap')).toHaveLength(1);
  });

  it('rests after a no, tells it once, and offers the form, which saves (G-12)', async () => {
    const { phone, auth } = await start(SHEET);
    const page = await opened(phone);
    await asked(phone, page, 'deny');
    expect(page.look()).toEqual({ ...calm, label: '重试', hint: '你没有授权', fillIn: '自己填写' });
    expect(phone.device.sheets).toEqual([]);
    page.fillIn();
    expect(page.look()).toEqual({ ...calm, label: '', form: true });
    page.submit('小林');
    await phone.clock.advance(2 * second);
    expect([page.look(), auth.getSnapshot().user?.nickname]).toEqual([{ ...calm, label: '已保存' }, '小林']);
    expect(outcomes(page).map(({ type }) => type)).toEqual(['denied', 'success']);
  });

  it('says that it is made ready at a tap that came too early, and asks for one more (G-03)', async () => {
    const { phone, auth } = await start(SHEET);
    phone.device.faults.next('login', { hang: true });
    auth.ensure({ withUnionId: true }).catch(() => {});
    await phone.clock.advance(100);
    const page = open({ props: { desc } });
    page.press(phone.device);
    expect(page.look()).toEqual({ ...calm, label: '请稍候…', busy: true });
    await phone.clock.advance(20 * second);
    expect([page.look(), phone.device.sheets]).toEqual([{ ...calm, hint: '请再点一次' }, []]);
    await asked(phone, page, 'allow');
    expect(outcomes(page).map(({ type }) => type)).toEqual(['success']);
  });
});

describe('the profile button, where the host has a button of its own (W-18)', () => {
  it('shows that, keeps it until its event, and saves what the host tells', async () => {
    const { phone, auth } = await start(BUTTON);
    const page = await opened(phone, { props: { disabled: false, desc } });
    expect(page.look()).toEqual({ ...calm, openType: 'getUserInfo' });
    const press = page.press(phone.device);
    await phone.clock.advance(100);
    page.set({ disabled: true, desc: 'other' });
    expect(page.get('button').data.disabled).toBe(false);
    press.allow();
    await phone.clock.advance(3 * second);
    expect(press.lost).toBe(false);
    expect(auth.getSnapshot().user?.nickname).toBe('小明');
    expect(outcomes(page).map(({ type }) => type)).toEqual(['success']);
    expect(page.get('button').data.disabled).toBe(true);
  });

  it.each([
    [{}, '已保存'],
    [{ createUser: false }, '重试'],
  ])('signs in whoever allows it where nobody is signed in; with %o (G-18)', async (props, label) => {
    const phone = createPhone(native, BUTTON);
    const auth = phone.createAuth();
    const page = await opened(phone, { props });
    const press = page.press(phone.device);
    await phone.clock.advance(100);
    press.allow();
    await phone.clock.advance(3 * second);
    expect([page.look().label, auth.getSnapshot().status]).toEqual([
      label,
      label === '已保存' ? 'signedIn' : 'signedOut',
    ]);
    expect(outcomes(page)).toMatchObject([
      label === '已保存'
        ? { type: 'success', detail: { user: { nickname: '小明' } } }
        : { type: 'failure', detail: { kind: 'unregistered' } },
    ]);
  });

  it('becomes a plain one once the person has allowed it', async () => {
    const { phone } = await start(BUTTON);
    const page = await opened(phone);
    const press = page.press(phone.device);
    await phone.clock.advance(100);
    press.allow();
    await phone.clock.advance(3 * second);
    expect(page.look()).toEqual({ ...calm, label: '已保存' });
    page.press(phone.device);
    await phone.clock.advance(3 * second);
    expect(outcomes(page).map(({ type }) => type)).toEqual(['success', 'success']);
  });

  it('tells a no once, as denied, and who said it (G-12)', async () => {
    const { phone, auth } = await start(BUTTON);
    const page = await opened(phone);
    const press = page.press(phone.device);
    await phone.clock.advance(100);
    press.deny();
    await phone.clock.advance(second);
    const { user } = auth.getSnapshot();
    expect(outcomes(page)).toMatchObject([{ type: 'denied', detail: { kind: 'denied', user: { id: user?.id } } }]);
    expect(page.look()).toMatchObject({ hint: '你没有授权', openType: 'getUserInfo', fillIn: '自己填写' });
  });

  it('offers the form where the host tells a stand-in, and says why (W-08)', async () => {
    const { phone } = await start({ baseLibrary: '2.10.0' });
    const page = await opened(phone);
    page.press(phone.device);
    await phone.clock.advance(3 * second);
    expect(page.look()).toEqual({ ...calm, hint: '微信没有提供头像和昵称,请自己填写', fillIn: '自己填写' });
  });
});

describe('the profile button, where the host has the form alone (W-11)', () => {
  it('opens it at a tap, closes it when it is saved, and opens it again', async () => {
    const { phone, auth } = await start();
    const page = await opened(phone);
    expect(page.look()).toEqual(calm);
    for (const name of ['一', '二']) {
      page.press(phone.device);
      expect(page.look()).toEqual({ ...calm, label: '', form: true });
      page.submit(name);
      await phone.clock.advance(2 * second);
      expect([page.look(), auth.getSnapshot().user?.nickname]).toEqual([{ ...calm, label: '已保存' }, name]);
    }
    expect(outcomes(page).map(({ type }) => type)).toEqual(['success', 'success']);
  });

  it('tells why the form could not be saved', async () => {
    const { phone } = await start();
    const page = await opened(phone);
    page.press(phone.device);
    phone.backend.failNext('/profile', { status: 500, code: 'INTERNAL' });
    page.submit('小林');
    await phone.clock.advance(2 * second);
    expect(outcomes(page)).toMatchObject([{ type: 'failure', detail: { kind: 'unavailable' } }]);
    expect(page.look().form).toBe(true);
  });

  it("tells a person's no to the form as one, and keeps the form (G-12)", async () => {
    const { phone } = await start();
    const page = await opened(phone);
    page.press(phone.device);
    const no = { kind: 'privacy-refused', text: '未同意隐私保护指引' };
    page.get('inner-form').fire('denied', no);
    expect(page.told.filter((event) => event !== 'change')).toEqual(['denied']);
    expect(page.look().form).toBe(true);
  });

  it('puts the form of the page in the place of its own', async () => {
    const { phone } = await start();
    const page = await opened(phone, { props: { customForm: true }, content: '<view slot="form">自己的表单</view>' });
    page.press(phone.device);
    expect([page.look().form, page.look().label, document.body.textContent]).toEqual([
      false,
      '',
      expect.stringContaining('自己的表单'),
    ]);
  });
});

describe('the profile button', () => {
  it('says that the host has no way at all; a tap tells it, and the form is offered (W-18)', async () => {
    const { phone } = await start({ baseLibrary: '1.2.0' });
    const page = await opened(phone);
    expect(page.look()).toEqual({ ...calm, hint: failureText('unsupported', 'zh'), fillIn: '自己填写' });
    page.press(phone.device);
    expect(outcomes(page)).toMatchObject([{ type: 'failure', detail: { kind: 'unsupported' } }]);
  });

  it('does nothing while it is disabled', async () => {
    const { phone } = await start();
    const page = await opened(phone, { props: { disabled: true } });
    page.get('button').fire('tap');
    expect([page.look(), page.get('button').data.disabled]).toEqual([calm, true]);
  });

  it('says that the app is not set up, where it has not called createAuth', () => {
    const phone = createPhone(native);
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const page = open();
    expect(page.look()).toEqual({ ...calm, label: '重试', hint: '应用配置有误' });
    page.press(phone.device);
    expect(outcomes(page)).toMatchObject([{ type: 'failure', detail: { kind: 'misconfigured' } }]);
    log.mockRestore();
  });

  it('sets no data and tells nothing after it has left (G-17)', async () => {
    const { phone } = await start(SHEET);
    const page = await opened(phone, { props: { disabled: false } });
    page.press(phone.device);
    await phone.clock.advance(500);
    const before = [page.sent.length, page.told.length];
    page.leave();
    phone.device.sheets.at(-1)?.allow();
    page.set({ disabled: true });
    await phone.clock.advance(2 * second);
    expect([page.sent.length, page.told.length]).toEqual(before);
  });

  it('sends over the bridge what changed (W-24)', async () => {
    const { phone } = await start();
    const page = await opened(phone);
    page.press(phone.device);
    page.submit('小林');
    await phone.clock.advance(2 * second);
    expect(page.sent).toEqual([
      { 'view.label': '设置头像和昵称' },
      { 'view.form': true },
      { 'view.label': '已保存', 'view.form': false },
    ]);
  });
});
