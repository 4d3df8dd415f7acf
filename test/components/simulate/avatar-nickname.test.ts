import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { failureText } from '../../../ports/failure.js';
import { type FormLook, loadForm } from '../support/form-page.js';
import { useHostForms } from '../support/host-forms.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone, type PhoneOptions } from '../support/phone.js';

const second = 1000;
const AVATAR = '/avatar';
const PROFILE = '/profile';
const calm: FormLook = { avatar: '', nickname: '', label: '保存', hint: '', busy: false };

const native = installNativePackage();
const open = loadForm(native.folder);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

/** Somebody is signed in, and has neither a name nor a picture. */
async function start(phoneOptions?: PhoneOptions) {
  const phone = createPhone(native, phoneOptions);
  const auth = phone.createAuth();
  auth.ensure();
  await phone.clock.advance(second);
  return { phone, auth };
}

describe('the form of avatar and nickname', () => {
  it('uploads the picture that was chosen, and saves its address with the name (W-11, G-22)', async () => {
    await useHostForms();
    const { phone, auth } = await start();
    const page = open();
    expect(page.look()).toEqual(calm);
    const press = page.pressAvatar(phone.device);
    await phone.clock.advance(100);
    press.allow();
    await phone.clock.advance(100);
    expect(page.look().avatar).toMatch(/tmp/);
    const input = page.nickname(phone.device);
    input.type('小林');
    input.blur();
    await phone.clock.advance(100);
    page.submit(input.value);
    expect(page.look()).toMatchObject({ label: '正在保存…', busy: true });
    await phone.clock.advance(2 * second);
    const { user } = auth.getSnapshot();
    expect(user).toMatchObject({ nickname: '小林', avatarUrl: expect.stringMatching(/^http/) });
    expect(page.look()).toEqual({ ...calm, avatar: user?.avatarUrl, nickname: '小林', label: '已保存' });
    expect(page.heard.filter(({ type }) => type !== 'tap' && type !== 'change')).toEqual([
      { type: 'success', detail: { user } },
    ]);
  });

  it('begins with what the user has, and what is typed is not overwritten by a later session', async () => {
    const { phone, auth } = await start();
    const page = open();
    page.nickname(phone.device).type('小');
    const { length } = page.sent;
    const other = open();
    other.submit('阿明');
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().user?.nickname).toBe('阿明');
    expect([page.look().nickname, page.sent.length]).toEqual(['', length]);
    expect(open().look().nickname).toBe('阿明');
  });

  it('saves a name alone, and may be changed and saved again', async () => {
    const { phone, auth } = await start();
    const page = open();
    page.submit('一');
    await phone.clock.advance(2 * second);
    page.nickname(phone.device).type('二');
    expect(page.look().label).toBe('保存');
    page.submit('二');
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().user?.nickname).toBe('二');
    expect(page.told.filter((event) => event === 'success')).toHaveLength(2);
  });

  it('keeps what was set before, where the page says setnx', async () => {
    const { phone, auth } = await start();
    const page = open({ props: { sync: 'setnx' } });
    for (const name of ['一', '二']) {
      page.submit(name);
      await phone.clock.advance(2 * second);
    }
    expect([auth.getSnapshot().user?.nickname, page.look().nickname]).toEqual(['一', '一']);
  });

  it('does not send a name that WeChat has rejected, though blur still told it (W-12, G-22)', async () => {
    const { phone } = await start();
    const page = open();
    const input = page.nickname(phone.device);
    input.type('坏名字');
    input.confirm('reject');
    await phone.clock.advance(100);
    page.submit('坏名字');
    expect(page.look().hint).toBe('该昵称未通过微信审核,请换一个');
    expect(phone.requests(PROFILE)).toBe(0);
    input.type('好名字');
    expect(page.look().hint).toBe('');
    page.submit(input.value);
    await phone.clock.advance(2 * second);
    expect(page.told).toContain('success');
  });

  it('says that there is nothing to save', async () => {
    const { phone } = await start();
    const page = open();
    page.submit(' ');
    expect(page.look().hint).toBe('请选择头像或填写昵称');
    expect(phone.requests(PROFILE)).toBe(0);
  });

  it('stays as it was where the person chooses no picture: no event comes of that (W-11)', async () => {
    const { phone } = await start();
    const page = open();
    const press = page.pressAvatar(phone.device);
    await phone.clock.advance(100);
    press.cancel();
    await phone.clock.advance(second);
    expect([page.look(), page.told]).toEqual([calm, ['change']]);
  });

  it('takes a picture though the page has disabled it meanwhile (G-15)', async () => {
    const { phone } = await start();
    const page = open({ props: { disabled: false } });
    const press = page.pressAvatar(phone.device);
    await phone.clock.advance(100);
    page.set({ disabled: true });
    expect(page.find('cover')).toBeDefined();
    press.allow();
    await phone.clock.advance(100);
    expect([press.lost, page.look().avatar]).toEqual([false, expect.stringMatching(/tmp/)]);
    page.submit('小林');
    await phone.clock.advance(second);
    expect([phone.requests(AVATAR), phone.requests(PROFILE)]).toEqual([0, 0]);
  });

  it('keeps everything where saving fails, tells why once, and can be submitted again', async () => {
    const { phone } = await start({ language: 'en' });
    const page = open();
    phone.backend.failNext(PROFILE, { status: 500, code: 'INTERNAL' });
    page.nickname(phone.device).type('Lin');
    page.submit('Lin');
    await phone.clock.advance(2 * second);
    const text = failureText('unavailable', 'en');
    expect(page.look()).toMatchObject({ label: 'Save', hint: text });
    expect(page.heard.at(-1)).toEqual({ type: 'failure', detail: { kind: 'unavailable', text } });
    page.submit('Lin');
    await phone.clock.advance(2 * second);
    expect(page.told.filter((event) => event === 'failure' || event === 'success')).toEqual(['failure', 'success']);
  });

  it('asks for a name alone on a host that cannot choose pictures (W-17)', async () => {
    const { phone, auth } = await start({ baseLibrary: '2.21.1' });
    const page = open();
    expect(page.find('avatar')).toBeUndefined();
    expect(page.heard).toEqual([{ type: 'change', detail: { state: 'open', busy: false } }]);
    page.submit('小林');
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().user?.nickname).toBe('小林');
  });

  it('sets no data after it has left, and what was submitted is finished (G-17)', async () => {
    const { phone, auth } = await start();
    const page = open();
    page.submit('小林');
    await phone.clock.settle();
    const before = [page.sent.length, page.told.length];
    page.leave();
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().user?.nickname).toBe('小林');
    expect([page.sent.length, page.told.length]).toEqual(before);
  });

  it('says that the app is not set up, where it has not called createAuth', () => {
    createPhone(native);
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const page = open();
    page.submit('小林');
    expect(page.heard).toEqual([{ type: 'failure', detail: { kind: 'misconfigured', text: '应用配置有误' } }]);
    log.mockRestore();
  });

  it('sends over the bridge what changed, once per change (W-24)', async () => {
    const { phone } = await start();
    const page = open();
    page.nickname(phone.device).type('小林');
    page.submit('小林');
    await phone.clock.advance(2 * second);
    expect(page.sent).toEqual([
      { 'view.choose': '选择头像', 'view.placeholder': '请输入昵称', 'view.label': '保存' },
      { 'view.nickname': '小林', 'view.label': '正在保存…', 'view.busy': true },
      { 'view.label': '已保存', 'view.busy': false },
    ]);
    expect(phone.requests(AVATAR)).toBe(0);
  });

  it('shows the name that the server keeps, where that is not the one that was typed', async () => {
    const { phone, auth } = await start();
    const first = open();
    first.submit('甲');
    await phone.clock.advance(2 * second);
    const page = open({ props: { sync: 'setnx' } });
    page.submit('乙');
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().user?.nickname).toBe('甲');
    expect(page.sent.slice(-2)).toEqual([
      { 'view.nickname': '乙', 'view.label': '正在保存…', 'view.busy': true },
      { 'view.nickname': '甲', 'view.label': '已保存', 'view.busy': false },
    ]);
  });
});
