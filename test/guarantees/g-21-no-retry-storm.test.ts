import { expect, it } from 'vitest';
import { createTestApp, SIGN_IN, watch, wordOf } from '../support/app.js';
import { loginTimes, minute, second } from './support/scene.js';

it.each([-1, 45011])('G-21 after answer %i the one retry waits, and phones do not return as one', async (errcode) => {
  const waits = [];
  for (const jitter of [0, 0.5, 0.9]) {
    const app = createTestApp({ random: () => jitter }, { latency: 0 });
    app.world.wechat.openApi.fail(errcode);
    const session = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect(wordOf(session)).toBe('ok');
    waits.push(...loginTimes(app).slice(1));
  }
  expect(waits).toEqual([1000, 1500, 1900]);
});

it('G-21 a server that says how long to wait is left alone for so long', async () => {
  const app = createTestApp();
  app.backend.failNext(SIGN_IN, { status: 429, code: 'RATE_LIMITED', retryAfter: 4 });
  const session = watch(app.auth.ensure());
  await app.clock.advance(4 * second);
  expect([wordOf(session), app.count('login')]).toEqual(['pending', 1]);
  await app.clock.advance(5 * second);
  expect([wordOf(session), app.count('login')]).toEqual(['ok', 2]);
});
