import { describe, expect, it } from 'vitest';
import { createDeviceContext } from './support/device-context.js';
import { createScene } from './support/scene.js';

describe('a device context', () => {
  it('W-21: has wx, timers, Promise and console, and none of what phones lack', () => {
    const context = createDeviceContext(createScene().device);
    const code = `
      module.exports = {
        present: [typeof wx, typeof setTimeout, typeof clearTimeout, typeof setInterval, typeof clearInterval,
          typeof Promise, typeof console],
        absent: [typeof globalThis, typeof AbortController, typeof EventTarget, typeof window, typeof self,
          typeof global, typeof document, typeof process, typeof require.main, typeof fetch, typeof URL,
          typeof structuredClone, typeof queueMicrotask, typeof TextEncoder, typeof WebAssembly],
      };`;
    const { present, absent } = context.run({ 'app.js': code }, 'app.js') as Record<string, string[]>;
    expect(new Set(present)).toEqual(new Set(['object', 'function']));
    expect(new Set(absent)).toEqual(new Set(['undefined']));
  });

  it('W-21: refuses eval and new Function', () => {
    const context = createDeviceContext(createScene().device);
    for (const code of [
      'eval("1")',
      'new Function("return 1")',
      'setTimeout.constructor; (() => {}).constructor("1")',
    ]) {
      expect(() => context.run({ 'app.js': code }, 'app.js')).toThrow(/Code generation from strings disallowed/);
    }
  });

  it('requires modules by path, each once, circles included', () => {
    const context = createDeviceContext(createScene().device);
    const files = {
      'app.js': `const a = require('./lib/a'); const b = require('./lib/b/index.js'); module.exports = { a, b, same: a.b === b };`,
      'lib/a.js': `exports.name = 'a'; exports.b = require('./b');`,
      'lib/b/index.js': `exports.name = 'b'; exports.seen = require('../a').name; exports.ext = require('ext').name;`,
      ext: `exports.name = 'ext';`,
    };
    const exported = context.run(files, 'app.js');
    expect(exported).toMatchObject({ same: true, b: { name: 'b', seen: 'a', ext: 'ext' } });
    expect(() => context.run({ 'app.js': `require('./missing')` }, 'app.js')).toThrow('there is no module missing');
  });

  it('has the timers of the device', async () => {
    const { clock, device } = createScene();
    const heard: unknown[] = [];
    const code = `
      module.exports = function (hear) {
        setTimeout(hear, 10, 'timeout');
        const beat = setInterval(function () { hear('interval'); }, 10);
        setTimeout(function () { clearInterval(beat); }, 25);
        clearTimeout(setTimeout(hear, 5, 'cleared'));
      };`;
    const start = createDeviceContext(device).run({ 'app.js': code }, 'app.js') as (hear: unknown) => void;
    start((value: unknown) => heard.push(value));
    await clock.advance(100);
    expect(heard).toEqual(['timeout', 'interval', 'interval']);
    expect(clock.timers).toEqual([]);
  });

  it('talks to the host', async () => {
    const { clock, device, world } = createScene();
    const code = `
      exports.codes = [];
      wx.login({ success: function (result) { exports.codes.push(result.code); } });`;
    const exported = createDeviceContext(device).run({ 'app.js': code }, 'app.js');
    await clock.advance(20);
    expect(exported).toEqual({ codes: [world.wechat.codes[0]?.code] });
  });

  const order = `
    exports.order = [];
    setTimeout(function () { exports.order.push('timer'); }, 0);
    Promise.resolve().then(function () { exports.order.push('promise'); });`;

  it('W-10: orders promises before timers on most devices, and not on iOS up to 15', async () => {
    for (const [timerPromise, expected] of [
      [false, ['promise', 'timer']],
      [true, ['timer', 'promise']],
    ] as const) {
      const { clock, device } = createScene({ system: 'iOS 15.8' });
      const exported = createDeviceContext(device, { timerPromise }).run({ 'app.js': order }, 'app.js');
      await clock.advance(0);
      expect(exported).toEqual({ order: expected });
    }
  });

  it('W-10: gives promises nothing without time, on iOS up to 15', async () => {
    const { clock, device } = createScene({ system: 'iOS 15.8' });
    const exported = createDeviceContext(device, { timerPromise: true }).run({ 'app.js': order }, 'app.js');
    await clock.settle();
    expect(exported).toEqual({ order: [] });
  });

  it('W-10: keeps what follows a promise out of the tap', async () => {
    const { clock, device } = createScene({ system: 'iOS 15.8' });
    const code = `
      module.exports = function () {
        wx.login();
        Promise.resolve().then(function () { wx.checkSession(); });
      };`;
    const context = createDeviceContext(device, { timerPromise: true });
    device.tap(context.run({ 'app.js': code }, 'app.js') as () => void);
    await clock.advance(20);
    expect(device.calls.map(({ api, inGesture }) => [api, inGesture])).toEqual([
      ['login', true],
      ['checkSession', false],
    ]);
  });
});
