import { expect, it } from 'vitest';
import { createTestApp, watch, wordOf } from '../support/app.js';
import { codesSent, minute, second } from './support/scene.js';

it.each([40029, 40163])(
  'G-01 a code that was refused with %i is not sent again: the retry takes another',
  async (no) => {
    const app = createTestApp();
    app.world.wechat.openApi.fail(no);
    const session = watch(app.auth.ensure());
    await app.clock.advance(5 * second);
    expect(wordOf(session)).toBe('ok');
    expect([codesSent(app).length, new Set(codesSent(app)).size]).toEqual([2, 2]);
  },
);

it('G-01 a code that met a busy host is not kept for the retry', async () => {
  const app = createTestApp();
  app.world.wechat.openApi.fail(-1);
  const session = watch(app.auth.ensure());
  await app.clock.advance(5 * second);
  expect(wordOf(session)).toBe('ok');
  expect([codesSent(app).length, new Set(codesSent(app)).size]).toEqual([2, 2]);
});

it('G-01 there is one automatic retry, with another code, and no more', async () => {
  const app = createTestApp();
  app.world.wechat.openApi.fail(40163, 9);
  const session = watch(app.auth.ensure());
  await app.clock.advance(minute);
  expect(wordOf(session)).toBe('code-rejected');
  expect([app.count('login'), new Set(codesSent(app)).size, codesSent(app).length]).toEqual([2, 2, 2]);
});
