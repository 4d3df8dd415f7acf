import { expect, it } from 'vitest';
import { SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';
import { second, signedIn } from './support/scene.js';

/** Requests whose tokens are rejected one after the other, each half a second later than the one before. */
function lateRejections(app: TestApp, count: number) {
  app.backend.revokeTokens();
  for (let i = 0; i < count; i += 1) app.backend.failNext('/orders', { delay: (second / 2) * (i + 1) });
  return Array.from({ length: count }, () => watch(app.auth.request({ url: '/orders' })));
}

it('G-05 twenty requests, rejected one after the other, make one login and are each sent once more', async () => {
  const app = await signedIn();
  const answers = lateRejections(app, 20);
  await app.clock.advance(30 * second);
  expect(new Set(answers.map(wordOf))).toEqual(new Set(['ok']));
  expect([app.count('login'), app.requests(SIGN_IN), app.requests('/orders')]).toEqual([2, 2, 40]);
});

it('G-05 a request that is rejected after the others’ renewal goes out with its token, without a login', async () => {
  const app = await signedIn();
  app.backend.revokeTokens();
  app.backend.failNext('/slow', { delay: 5 * second });
  const slow = watch(app.auth.request({ url: '/slow' }));
  const quick = watch(app.auth.request({ url: '/quick' }));
  await app.clock.advance(10 * second);
  expect([wordOf(quick), wordOf(slow), app.count('login')]).toEqual(['ok', 'ok', 2]);
});

it('G-05 a hundred who ask in the midst of late rejections are served by that one renewal', async () => {
  const app = await signedIn();
  const answers: { readonly outcome: Parameters<typeof wordOf>[0]['outcome'] }[] = lateRejections(app, 5);
  for (let i = 0; i < 100; i += 1) {
    answers.push(watch(app.auth.ensure()));
    await app.clock.advance(second / 20);
  }
  await app.clock.advance(10 * second);
  expect(new Set(answers.map(wordOf))).toEqual(new Set(['ok']));
  expect([app.count('login'), app.requests(SIGN_IN)]).toEqual([2, 2]);
});
