import { expect, it } from 'vitest';
import { watch } from '../../support/app.js';
import { checkSession, login, outcomeOf, request } from './asking.js';
import { isImpossible, type Member } from './cells.js';
import { getPrivacySetting, openPrivacyContract } from './privacy.js';
import { getUserInfo, getUserProfile, isUserInfoAllowed } from './profile.js';
import { type Bench, type Device, type PlatformRig, SOON, setUp, type WillingRig } from './rig.js';
import { upload } from './sending.js';
import { store } from './storing.js';

/** How each member is called that calls the host: an event that is read has come by itself. */
const calls: { readonly [M in Exclude<Member, 'readPhone' | 'readUserInfo'>]: (bench: Bench) => unknown } = {
  login: login.ask,
  checkSession: checkSession.ask,
  request: request.ask,
  abilities: ({ platform }) => platform.abilities,
  getUserProfile: getUserProfile.ask,
  getUserInfo: getUserInfo.ask,
  isUserInfoAllowed: isUserInfoAllowed.ask,
  upload: upload.ask,
  getPrivacySetting: getPrivacySetting.ask,
  onPrivacyNeeded: ({ platform }) => platform.onPrivacyNeeded(() => {}),
  openPrivacyContract: openPrivacyContract.ask,
  'storage.get': ({ platform }) => store.get(platform.storage),
  'storage.set': ({ platform }) => store.set(platform.storage),
  'storage.remove': ({ platform }) => store.remove(platform.storage),
  onShow: ({ platform }) => platform.onShow(() => {}),
  onOnline: ({ platform }) => platform.onOnline(() => {}),
};

/** The host is called in the tap's own call stack, and not again after it. */
export function testGestures<D extends Device>(rig: PlatformRig<D>): void {
  for (const [member, call] of Object.entries(calls) as [keyof typeof calls, (bench: Bench) => unknown][]) {
    if (isImpossible(rig.cells[member].success)) continue;
    it(`G-10: ${member} calls the host before it returns`, async () => {
      const bench = await setUp(rig);
      const { clock, device } = bench;
      const before = device.calls.length;
      // Whether the host says yes is not asked here.
      watch(Promise.resolve(device.tap(() => call(bench))));
      const made = device.calls.slice(before);
      expect(made.length).toBeGreaterThan(0);
      expect(made.every(({ inGesture }) => inGesture)).toBe(true);
      await clock.advance(SOON);
      expect(device.calls.slice(before)).toHaveLength(made.length);
    });
  }
}

export function testFacts<D extends Device>(rig: PlatformRig<D>): void {
  it('says who it is, and for how long its codes are good', async () => {
    const { platform } = await setUp(rig);
    expect(platform.name).toMatch(/^[a-z]+$/);
    expect(platform.codeLifetime).toBeGreaterThanOrEqual(60_000);
    expect(platform.codeLifetime).toBeLessThan(3_600_000);
  });

  it('answers the same host object to everybody in the app, so that they find each other on it', async () => {
    const { device, platform } = await setUp(rig);
    expect(platform.host).toBeTypeOf('object');
    expect(rig.adapt(device).host).toBe(platform.host);
  });

  it('G-01: asks for another code each time', async () => {
    const bench = await setUp(rig);
    const outcomes = [await outcomeOf(login, bench), await outcomeOf(login, bench)];
    const codes = outcomes.map(
      (outcome) => typeof outcome === 'object' && 'value' in outcome && outcome.value.reveal(),
    );
    expect(codes).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
    expect(codes[0]).not.toBe(codes[1]);
  });
}

export function testStore<D extends Device>(rig: WillingRig<D>): void {
  it('W-23: what is stored survives a restart of the app', async () => {
    const bench = await setUp(rig);
    bench.platform.storage.set('session', 'kept');
    bench.restart();
    expect(bench.platform.storage.get('session')).toBe('kept');
    bench.platform.storage.remove('session');
    bench.restart();
    expect(bench.platform.storage.get('session')).toBeUndefined();
  });
}
