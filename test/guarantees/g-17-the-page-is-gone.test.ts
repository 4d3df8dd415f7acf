import { expect, it } from 'vitest';
import { bond } from '../../components/bond.js';
import { createTestApp, type TestApp, watch, wordOf } from '../support/app.js';
import { second, signedIn } from './support/scene.js';

/** A page with a component of denglu on it, and what that component would show. */
function openPage({ device }: TestApp) {
  const shown: string[] = [];
  const tie = bond(device.wx, ({ status }) => shown.push(status));
  tie.hold();
  return { shown, leave: tie.release };
}

it('G-17 a page that is gone when the answer comes shows nothing more, and the app has its answer', async () => {
  const app = createTestApp();
  const page = openPage(app);
  const session = watch(app.auth.ensure());
  await app.clock.settle();
  page.leave();
  const known = [...page.shown];
  await app.clock.advance(second);
  expect(page.shown).toEqual(known);
  expect([wordOf(session), app.auth.getSnapshot().status]).toEqual(['ok', 'signedIn']);
});

it('G-17 of two pages, the one that stays is told, and the one that left is not', async () => {
  const app = await signedIn();
  const [gone, there] = [openPage(app), openPage(app)];
  gone.leave();
  watch(app.auth.signOut());
  await app.clock.advance(second);
  expect([gone.shown.at(-1), there.shown.at(-1)]).toEqual(['signedIn', 'signedOut']);
});
