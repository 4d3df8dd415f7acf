import { expect, it } from 'vitest';
import { createTestApp, SIGN_IN, watch, wordOf } from '../support/app.js';
import { minute, second } from './support/scene.js';

it('G-21 the one retry of a busy server waits, and phones do not return as one', async () => {
  const waits = [];
  for (const jitter of [0, 0.5, 0.9]) {
    const app = createTestApp({ random: () => jitter }, { latency: 0 });
    app.backend.failNext(SIGN_IN, { status: 503, code: 'HOST_BUSY' });
    const session = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect(wordOf(session)).toBe('ok');
    const [first = 0, ...later] = app.backend.calls.map(({ at }) => at);
    waits.push(...later.map((at) => at - first));
  }
  expect(waits).toEqual([1000, 1500, 1900]);
});

it('G-21 a host that limits the server for a minute is left alone: whoever asks hears how long to wait', async () => {
  const app = createTestApp();
  app.world.wechat.openApi.fail(45011);
  const session = watch(app.auth.ensure());
  await app.clock.advance(5 * minute);
  expect(session.outcome).toMatchObject({ failure: { kind: 'rate-limited', retryAfter: minute } });
  expect([app.count('login'), app.requests(SIGN_IN)]).toEqual([1, 1]);
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
