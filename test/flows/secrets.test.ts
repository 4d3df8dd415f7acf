import { inspect } from 'node:util';
import { expect, it, vi } from 'vitest';
import { createTestApp, watch } from '../support/app.js';

const second = 1000;

it('inspection, snapshots, failures and the console carry no token and no code (G-23)', async () => {
  const printed: unknown[] = [];
  for (const level of ['log', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...args) => void printed.push(...args));
  }
  const app = createTestApp({ onProblem: (failure) => printed.push(failure) });
  const seen: unknown[] = [];
  app.auth.subscribe((snapshot) => seen.push(snapshot));
  app.world.wechat.openApi.fail(40029);
  watch(app.auth.ensure());
  await app.clock.advance(2 * second);
  app.backend.revokeTokens();
  watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(2 * second);
  app.device.faults.next('login', { hang: true });
  watch(app.auth.ensure({ withUnionId: true }));
  await app.clock.advance(20 * second);
  app.auth.stop();
  app.device.pending('login')[0]?.release();
  await app.clock.advance(second);

  const secrets = [...app.world.wechat.codes.map(({ code }) => code), ...app.backend.calls.map(({ token }) => token)];
  const known = [...new Set(secrets.filter(Boolean))];
  expect(known.length).toBeGreaterThan(4);
  const events = app.inspected.map((event) => {
    const { rootId, ...rest } = event;
    return { ...rest, actorRef: rest.actorRef.sessionId };
  });
  const text = [
    JSON.stringify(events),
    inspect(events, { depth: 5 }),
    inspect(seen, { depth: 5 }),
    inspect(printed),
  ].join();
  expect(text.length).toBeGreaterThan(10_000);
  expect(known.filter((secret) => text.includes(secret))).toEqual([]);
  vi.restoreAllMocks();
});
