import { describe, expect, it } from 'vitest';
import type { ButtonEvent, Picture, WechatDeviceOptions } from '../../simulator/index.js';
import { createButtonEar } from './support/open-data.js';
import { createEar, createScene } from './support/scene.js';

/** A scene whose server keeps the forms that are uploaded to it. */
function createUploads(options: Partial<WechatDeviceOptions> = {}) {
  const forms: { request: Request; form: FormData }[] = [];
  const fetch: WechatDeviceOptions['fetch'] = async (input, init) => {
    const request = new Request(input, init);
    forms.push({ request, form: await request.formData() });
    return new Response('{"avatarUrl":"https://a.test/1.png"}', { status: 201 });
  };
  return { ...createScene({ fetch, ...options }), forms };
}

async function choose({ clock, device }: ReturnType<typeof createScene>, picture?: Picture) {
  const ear = createButtonEar();
  const press = device.press({ openType: 'chooseAvatar' }, ear.handlers);
  await clock.advance(20);
  press.allow(picture);
  await clock.settle();
  return String(ear.heard[0]?.detail.avatarUrl);
}

describe('the avatar button', () => {
  it('W-11: tells a temporary path, another one each time', async () => {
    const scene = createScene();
    const first = await choose(scene);
    expect(first).toMatch(/^wxfile:\/\/tmp_.*\.png$/);
    expect(await choose(scene)).not.toBe(first);
    expect(await choose(scene, new Uint8Array([0xff, 0xd8, 0xff]))).toMatch(/\.jpeg$/);
  });

  it('G-22: a file that came otherwise has a temporary path too, on every base library, and ends with the app', async () => {
    const { clock, device, forms } = createUploads({ baseLibrary: '2.8.0' });
    const filePath = device.temporaryFile(new Uint8Array([0xff, 0xd8, 0xff]));
    expect(filePath).toMatch(/^wxfile:\/\/tmp_.*\.jpeg$/);
    const ear = createEar();
    device.wx.uploadFile({ url: 'https://a.test/avatar', filePath, name: 'avatar', ...ear });
    await clock.advance(20);
    expect(forms).toHaveLength(1);
    device.restart();
    device.wx.uploadFile({ url: 'https://a.test/avatar', filePath, name: 'avatar', ...ear });
    await clock.advance(20);
    expect(forms).toHaveLength(1);
  });

  it('W-11: tells the path alone', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    device.answers.next('chooseAvatar', 'allow');
    device.press({ openType: 'chooseAvatar' }, ear.handlers);
    await clock.advance(20);
    expect(ear.heard).toEqual([{ type: 'chooseavatar', detail: { avatarUrl: expect.any(String) } }]);
  });

  it.each([
    ['cancel', '2.21.2', 0],
    ['cancel', '3.7.0', 0],
    ['deny', '2.24.3', 1],
    ['deny', '2.24.4', 0],
  ] as const)('W-11: after %s on %s it fires %i events', async (answer, baseLibrary, events) => {
    const { clock, device } = createScene({ baseLibrary });
    const ear = createButtonEar();
    device.answers.next('chooseAvatar', answer);
    const press = device.press({ openType: 'chooseAvatar' }, ear.handlers);
    await clock.advance(60_000);
    expect(ear.heard).toHaveLength(events);
    expect(press.state).toBe('closed');
  });

  it('W-11, W-16: fires none where the app may not, or the person does not agree to the privacy guide', async () => {
    const { clock, device } = createScene({ privacyAgreed: false });
    const ear = createButtonEar();
    device.answers.next('privacy', 'deny');
    const press = device.press({ openType: 'chooseAvatar' }, ear.handlers);
    await clock.advance(20);
    expect(ear.heard).toEqual([]);
    expect(press.state).toBe('closed');
  });
});

describe('wx.uploadFile', () => {
  it('W-11: sends the picture as a multipart form, and answers text', async () => {
    const scene = createUploads();
    const picture: Picture = new Uint8Array([0x89, 1, 2, 3]);
    const filePath = await choose(scene, picture);
    const ear = createEar();
    scene.device.wx.uploadFile({
      url: 'http://a.test/avatar',
      filePath,
      name: 'file',
      header: { Authorization: 'Bearer x', 'content-type': 'application/json' },
      formData: { kind: 'avatar' },
      ...ear.callbacks,
    });
    await scene.clock.advance(20);
    expect(ear.heard).toMatchObject([
      {
        callback: 'success',
        payload: { errMsg: 'uploadFile:ok', statusCode: 201, data: '{"avatarUrl":"https://a.test/1.png"}' },
      },
      { callback: 'complete' },
    ]);
    const [sent] = scene.forms;
    expect(sent?.request.method).toBe('POST');
    expect(sent?.request.headers.get('authorization')).toBe('Bearer x');
    expect(sent?.request.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent?.request.headers.get('referer')).toMatch('https://servicewechat.com/');
    expect(sent?.form.get('kind')).toBe('avatar');
    const file = sent?.form.get('file');
    expect(file).toMatchObject({ type: 'image/png', name: filePath.replace('wxfile://', '') });
    expect(file instanceof Blob && new Uint8Array(await file.arrayBuffer())).toEqual(picture);
  });

  it('W-11: knows no path of another launch, and none that was made up', async () => {
    const scene = createUploads();
    const filePath = await choose(scene);
    scene.device.restart();
    await choose(scene);
    const ear = createEar();
    for (const path of [filePath, 'wxfile://made-up.png']) {
      scene.device.wx.uploadFile({ url: 'http://a.test/', filePath: path, name: 'file', fail: ear.callbacks.fail });
    }
    await scene.clock.advance(20);
    expect(ear.heard.map(({ payload }) => payload.errMsg)).toEqual(Array(2).fill("uploadFile:fail file doesn't exist"));
    expect(scene.forms).toEqual([]);
  });

  it('fails as wx.request does: offline, out of reach, late, aborted', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const fetch: WechatDeviceOptions['fetch'] = (url, init) => {
      signals.push(init?.signal);
      return url.endsWith('refused') ? Promise.reject(new TypeError('fetch failed')) : new Promise(() => {});
    };
    const scene = createScene({ fetch });
    const filePath = await choose(scene);
    const ear = createEar();
    const upload = (path: string, timeout = 1000) =>
      scene.device.wx.uploadFile({
        url: `http://a.test/${path}`,
        filePath,
        name: 'f',
        timeout,
        fail: ear.callbacks.fail,
      });
    upload('refused');
    upload('slow');
    upload('aborted').abort();
    await scene.clock.advance(1000);
    upload('interrupted');
    await scene.clock.advance(20);
    scene.device.goOffline();
    upload('offline');
    await scene.clock.advance(20);
    expect(ear.heard.map(({ payload }) => [payload.errno, String(payload.errMsg).slice(0, 24)])).toEqual([
      [undefined, 'uploadFile:fail abort'],
      [600001, 'uploadFile:fail errcode:'],
      [5, 'uploadFile:fail timeout'],
      [600003, 'uploadFile:fail interrup'],
      [600001, 'uploadFile:fail errcode:'],
    ]);
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, true, true]);
  });
});

describe('the nickname input', () => {
  const createInput = (options: Partial<WechatDeviceOptions> = {}) => {
    const scene = createScene(options);
    const heard: ButtonEvent[] = [];
    const note = (event: ButtonEvent) => void heard.push(event);
    const handlers = { input: note, confirm: note, blur: note, nicknamereview: note };
    return { ...scene, heard, input: scene.device.nicknameInput(handlers) };
  };

  it('W-12: reviews the name after blur, which still carries one that is then cleared', async () => {
    const { clock, heard, input } = createInput({ baseLibrary: '2.24.4' });
    input.type('坏名字');
    input.blur('reject');
    expect(input.value).toBe('坏名字');
    await clock.advance(20);
    expect(input.value).toBe('');
    expect(heard).toEqual([
      { type: 'input', detail: { value: '坏名字' } },
      { type: 'blur', detail: { value: '坏名字' } },
      { type: 'nicknamereview', detail: { pass: false, timeout: false } },
    ]);
  });

  it('W-12: confirm carries the rejected name, too', async () => {
    const { clock, heard, input } = createInput();
    input.type('坏名字');
    input.confirm('reject');
    await clock.advance(20);
    expect(heard.map(({ type, detail }) => [type, detail.value])).toEqual([
      ['input', '坏名字'],
      ['confirm', '坏名字'],
      ['blur', '坏名字'],
      ['nicknamereview', undefined],
    ]);
    expect(input.value).toBe('');
  });

  it.each([
    ['pass', { pass: true, timeout: false }],
    ['timeout', { pass: false, timeout: true }],
  ] as const)('W-12: keeps the name after a review that ends by %s', async (review, detail) => {
    const { clock, heard, input } = createInput();
    input.type('小明');
    input.blur(review);
    await clock.advance(20);
    expect(heard.at(-1)).toEqual({ type: 'nicknamereview', detail });
    expect(input.value).toBe('小明');
  });

  it.each([
    ['before 2.24.4', { baseLibrary: '2.24.3' }],
    ['as plain text, while the privacy guide waits for an agreement (W-16)', { privacyAgreed: false }],
  ])('W-12: reviews nothing %s', async (_, options) => {
    const { clock, heard, input } = createInput(options);
    input.type('坏名字');
    input.blur('reject');
    await clock.advance(60_000);
    expect(heard.map(({ type }) => type)).toEqual(['input', 'blur']);
    expect(input.value).toBe('坏名字');
  });

  it('W-16: is no plain text on base libraries that know of no privacy guide', async () => {
    const { clock, heard, input } = createInput({ baseLibrary: '2.32.2', privacyAgreed: false });
    input.blur();
    await clock.advance(20);
    expect(heard.map(({ type }) => type)).toEqual(['blur', 'nicknamereview']);
  });

  it('hears nothing after its app was killed', async () => {
    const { clock, device, heard, input } = createInput();
    input.type('小明');
    input.blur();
    device.restart();
    await clock.advance(20);
    expect(heard.map(({ type }) => type)).toEqual(['input', 'blur']);
  });
});
