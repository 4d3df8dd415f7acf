import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWechatDevice, createWorld } from '../../simulator/index.js';
import { createEar, createScene } from './support/scene.js';

interface Sent {
  method: string;
  url: string;
  headers: Headers;
  credentials: string;
  signal: AbortSignal;
  body: string;
}

/** A device in front of a server that notes what it gets. */
function createExchange(respond: () => Response | Promise<Response>, options: Parameters<typeof createScene>[0] = {}) {
  const sent: Sent[] = [];
  const scene = createScene({
    async fetch(input, init) {
      const request = new Request(input, init);
      const { method, url, headers, credentials, signal } = request;
      sent.push({ method, url, headers, credentials, signal, body: await request.text() });
      return respond();
    },
    ...options,
  });
  return { ...scene, sent };
}

const ok = () => Response.json({});
const never = () => new Promise<Response>(() => {});

describe('wx.request', () => {
  it('answers status, data and headers as servers write them', async () => {
    const { clock, device } = createExchange(() =>
      Response.json({ who: '小明' }, { status: 418, headers: { 'x-request-id': '7', 'set-cookie': 'a=b' } }),
    );
    const ear = createEar();
    device.wx.request({ url: 'http://a.test/tea', ...ear.callbacks });
    await clock.advance(20);
    expect(ear.heard.map(({ callback }) => callback)).toEqual(['success', 'complete']);
    expect(ear.heard[0]?.payload).toEqual({
      errMsg: 'request:ok',
      statusCode: 418,
      data: { who: '小明' },
      header: { 'Content-Type': 'application/json', 'X-Request-Id': '7', 'Set-Cookie': 'a=b' },
      cookies: ['a=b'],
    });
  });

  it('parses whatever is JSON, and leaves the rest as text', async () => {
    const data = async (body: string, dataType?: string) => {
      const { clock, device } = createExchange(() => new Response(body));
      const ear = createEar();
      device.wx.request({ url: 'http://a.test/', ...(dataType ? { dataType } : {}), ...ear.callbacks });
      await clock.advance(20);
      return ear.heard[0]?.payload.data;
    };
    expect(await data('[1]')).toEqual([1]);
    expect(await data('<html>')).toBe('<html>');
    expect(await data('')).toBe('');
    expect(await data('[1]', 'text')).toBe('[1]');
  });

  it('sends data as the query of a GET, else as JSON, as a form, or as it is', async () => {
    const { clock, device, sent } = createExchange(ok);
    const data = { name: '小 明', plus: 'a+b' };
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    device.wx.request({ url: 'http://a.test/?x=1', data });
    device.wx.request({ url: 'http://a.test/', data: {} });
    device.wx.request({ url: 'http://a.test/', method: 'POST', data });
    device.wx.request({ url: 'http://a.test/', method: 'PUT', data: 'a+b' });
    device.wx.request({ url: 'http://a.test/', method: 'POST', data, header: form });
    device.wx.request({ url: 'http://a.test/', method: 'DELETE' });
    await clock.advance(20);
    const encoded = 'name=%E5%B0%8F%20%E6%98%8E&plus=a%2Bb';
    expect(sent.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', `http://a.test/?x=1&${encoded}`, ''],
      ['GET', 'http://a.test/', ''],
      ['POST', 'http://a.test/', JSON.stringify(data)],
      ['PUT', 'http://a.test/', 'a+b'],
      ['POST', 'http://a.test/', encoded],
      ['DELETE', 'http://a.test/', ''],
    ]);
  });

  it("sends the app's headers, JSON as the default type, and the host's own Referer", async () => {
    const { clock, device, sent } = createExchange(ok);
    device.wx.request({ url: 'http://a.test/', header: { Authorization: 'Bearer x', Referer: 'http://mine.test' } });
    await clock.advance(20);
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
      authorization: 'Bearer x',
      'content-type': 'application/json',
      referer: 'https://servicewechat.com/wx-simulated-app/1/page-frame.html',
    });
    expect(sent[0]?.credentials).toBe('omit');
  });

  it('fails with errno 600001 while offline, and where nobody answers, in the words of the system', async () => {
    for (const [system, disconnected, unreachable] of [
      ['Android 14', 'ERR_INTERNET_DISCONNECTED', 'ERR_CONNECTION_REFUSED'],
      ['iOS 15.8', '似乎已断开', '未能连接'],
    ] as const) {
      const { clock, device, sent } = createExchange(() => Promise.reject(new TypeError('fetch failed')), { system });
      const ear = createEar();
      const fail = async () => {
        device.wx.request({ url: 'http://a.test/', fail: ear.callbacks.fail });
        await clock.advance(20);
        return ear.heard.at(-1)?.payload;
      };
      expect(await fail()).toEqual({ errno: 600001, errMsg: expect.stringMatching(`request:fail .*${unreachable}`) });
      device.goOffline();
      expect(await fail()).toEqual({ errno: 600001, errMsg: expect.stringMatching(`request:fail .*${disconnected}`) });
      expect(sent).toHaveLength(1);
    }
  });

  it('fails with errno 5 at its timeout, which is a minute by default', async () => {
    const { clock, device } = createExchange(never);
    const own = createEar();
    const general = createEar();
    device.wx.request({ url: 'http://a.test/', timeout: 3000, ...own.callbacks });
    device.wx.request({ url: 'http://a.test/', ...general.callbacks });
    await clock.advance(3000);
    expect(own.heard[0]).toEqual({ callback: 'fail', payload: { errMsg: 'request:fail timeout', errno: 5 } });
    await clock.advance(56_999);
    expect(general.heard).toEqual([]);
    await clock.advance(1);
    expect(general.heard[0]?.payload.errMsg).toBe('request:fail timeout');
  });

  it('is aborted by its task, once', async () => {
    const { clock, device } = createExchange(never);
    const ear = createEar();
    const task = device.wx.request({ url: 'http://a.test/', ...ear.callbacks });
    await clock.advance(20);
    task.abort();
    task.abort();
    expect(ear.heard).toEqual([]);
    await clock.advance(60_000);
    const payload = { errMsg: 'request:fail abort' };
    expect(ear.heard).toEqual([
      { callback: 'fail', payload },
      { callback: 'complete', payload },
    ]);
  });

  it('hears nothing of an answer that comes after the end', async () => {
    let answer = (_: Response) => {};
    const response = new Promise<Response>((resolve) => {
      answer = resolve;
    });
    const { clock, device, sent } = createExchange(() => response);
    const ear = createEar();
    const task = device.wx.request({ url: 'http://a.test/', ...ear.callbacks });
    await clock.advance(20);
    task.abort();
    expect(sent[0]?.signal.aborted).toBe(true);
    answer(Response.json({}));
    await clock.advance(20);
    expect(ear.heard.map(({ callback }) => callback)).toEqual(['fail', 'complete']);
  });

  it('ends with its app', async () => {
    const { clock, device, sent } = createExchange(never);
    device.wx.request({ url: 'http://a.test/' });
    await clock.advance(20);
    device.restart();
    expect(sent[0]?.signal.aborted).toBe(true);
    await clock.advance(0);
    expect(clock.timers).toEqual([]);
  });

  it('is not aborted by its task after the answer', async () => {
    const { clock, device } = createExchange(ok);
    const ear = createEar();
    const task = device.wx.request({ url: 'http://a.test/', ...ear.callbacks });
    await clock.advance(20);
    task.abort();
    await clock.advance(20);
    expect(ear.heard.map(({ callback }) => callback)).toEqual(['success', 'complete']);
  });

  it('is interrupted with errno 600003 when the network goes', async () => {
    const { clock, device } = createExchange(never);
    const ear = createEar();
    device.faults.next('request', { hang: true });
    device.wx.request({ url: 'http://a.test/', fail: ear.callbacks.fail });
    device.wx.request({ url: 'http://a.test/', fail: ear.callbacks.fail });
    await clock.advance(20);
    device.goOffline();
    await clock.advance(1);
    const interrupted = { callback: 'fail', payload: { errMsg: 'request:fail interrupted', errno: 600003 } };
    expect(ear.heard).toEqual([interrupted, interrupted]);
    expect(device.pending('request')).toEqual([]);
  });
});

describe('the network', () => {
  it('is told by getNetworkType, and to listeners when it changes', async () => {
    const { clock, device } = createScene();
    const heard: unknown[] = [];
    const listener = (change: unknown) => heard.push(change);
    device.wx.onNetworkStatusChange(listener);
    device.goOnline();
    device.goOffline();
    device.goOffline();
    device.wx.getNetworkType({ success: ({ networkType }) => heard.push(networkType) });
    await clock.advance(20);
    device.goOnline();
    device.wx.offNetworkStatusChange(listener);
    device.goOffline();
    expect(heard).toEqual([
      { isConnected: false, networkType: 'none' },
      'none',
      { isConnected: true, networkType: 'wifi' },
    ]);
    expect(device.online).toBe(false);
  });

  it('is needed by login and checkSession', async () => {
    const { clock, device } = createScene();
    const ear = createEar();
    device.goOffline();
    device.wx.login({ fail: ear.callbacks.fail });
    device.wx.checkSession({ fail: ear.callbacks.fail });
    await clock.advance(20);
    expect(ear.heard.map(({ payload }) => payload.errno)).toEqual([600001, 600001]);
  });
});

describe('a device in real time', () => {
  const closings: (() => void)[] = [];
  afterEach(() => {
    for (const close of closings.splice(0)) close();
  });

  it('sends real HTTP, its Referer included', async () => {
    const referers: unknown[] = [];
    const server = createServer((request, response) => {
      referers.push(request.headers.referer);
      response.setHeader('content-type', 'application/json').end('{"a":1}');
    });
    closings.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const world = createWorld();
    const { appId } = world.addApp({ appId: 'wx-real', appSecret: 's' });
    const person = world.addPerson({ nickname: '小明' });
    const device = createWechatDevice({ cloud: world.wechat, appId, person, envVersion: 'develop', latency: 0 });
    const ear = createEar();
    device.wx.request({ url: `http://127.0.0.1:${port}/`, ...ear.callbacks });
    await vi.waitFor(() => expect(ear.heard).toHaveLength(2));
    expect(ear.heard[0]?.payload).toMatchObject({ statusCode: 200, data: { a: 1 } });
    expect(referers).toEqual(['https://servicewechat.com/wx-real/0/page-frame.html']);
  });
});
