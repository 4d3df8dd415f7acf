import { describe, expect, it } from 'vitest';
import { createTestApp, watch } from '../support/app.js';

const second = 1000;
const DESC = { desc: '用于完善资料' };

describe('the handle of a flow', () => {
  it.each([
    ['phone', ['acceptTerms', 'answer', 'ask', 'hidden', 'shown', 'want']],
    ['profile', ['answer', 'ask', 'chooseAvatar', 'fillIn', 'reviewNickname', 'submit', 'typeNickname']],
    ['linking', ['link', 'overwrite', 'register', 'signIn']],
    ['settings', ['save']],
  ] as const)('of %s has what is documented, and no door to its chart', (name, own) => {
    const { auth } = createTestApp();
    const flow = {
      phone: auth.phone,
      profile: () => auth.profile(DESC),
      linking: auth.linking,
      settings: auth.settings,
    };
    const shared = ['cancel', 'getSnapshot', 'hasEnded', 'leave', 'subscribe'];
    expect(Object.keys(flow[name]()).sort()).toEqual([...own, ...shared].sort());
  });
});

describe('a flow that was opened before its auth was stopped', () => {
  async function stopped(phone: Parameters<typeof createTestApp>[1] = {}) {
    const app = createTestApp({}, phone);
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const flows = { phone: app.auth.phone(), profile: app.auth.profile(DESC) };
    flows.phone.want();
    await app.clock.advance(second);
    const told: unknown[] = [];
    flows.phone.subscribe(({ live, frozen, busy }) => told.push({ live, frozen, busy }));
    flows.profile.subscribe(({ by, live, busy }) => told.push({ by, live, busy }));
    expect([flows.phone.getSnapshot().live, flows.profile.getSnapshot().live]).toEqual([true, true]);
    return { app, told, ...flows };
  }

  it.each([
    ['a form', {}],
    ['a plain button', { baseLibrary: '2.20.0' }],
    ['the host’s button', { baseLibrary: '2.0.0' }],
  ])('shows nothing whose answer nobody would hear, where %s stood, and says so (G-15)', async (_, host) => {
    const { app, told, phone, profile } = await stopped(host);
    app.auth.stop();
    expect(phone.getSnapshot()).toMatchObject({ live: false, frozen: false, busy: false });
    expect(profile.getSnapshot()).toMatchObject({ live: false, by: 'none', busy: false });
    expect(told).toEqual([
      { live: false, frozen: false, busy: false },
      { by: 'none', live: false, busy: false },
    ]);
  });

  it('is not told so where its page has left: nobody is there (G-17)', async () => {
    const { app, told, phone, profile } = await stopped();
    phone.leave();
    profile.leave();
    app.auth.stop();
    expect(told).toEqual([]);
  });
});
