import { afterEach, describe, expect, it, vi } from 'vitest';
import { kbone } from '../../adapters/kbone.js';
import { watch } from '../support/app.js';
import { expectFailure, thrownBy } from './conformance/failures.js';
import { testRequests } from './conformance/request-rules.js';
import { SOON, setUp } from './conformance/rig.js';
import { testStore } from './conformance/rules.js';
import { describePlatform } from './platform-conformance.js';
import { browserRig } from './support/browser-rig.js';
import { wechatRig } from './support/wechat-rig.js';

afterEach(() => void vi.unstubAllGlobals());

describePlatform('kbone in a WeChat mini-program (K-01)', {
  ...wechatRig(),
  adapt({ wx }) {
    vi.stubGlobal('wx', wx);
    return kbone();
  },
});

describe('kbone in a browser (K-03)', () => {
  testRequests(browserRig());
  testStore(browserRig());

  const open = () => setUp(browserRig());

  it('is no host of codes, phone numbers or profiles, and says so', async () => {
    const { platform } = await open();
    expect(platform).toMatchObject({
      name: 'browser',
      abilities: { login: false, phone: false, realtimePhone: false, phoneCode: false, privacy: false },
    });
    const { login, checkSession, isUserInfoAllowed, openPrivacyContract, getUserInfo } = platform;
    const asked = [login(), checkSession(), isUserInfoAllowed(), openPrivacyContract(), getUserInfo({ lang: 'en' })];
    for (const answer of asked) await expect(answer).rejects.toMatchObject({ kind: 'unsupported' });
    expectFailure(
      thrownBy(() => platform.readUserInfo({})),
      'unsupported',
    );
    expectFailure(
      thrownBy(() => platform.readPhone({ code: 'code' })),
      'unknown',
    );
    await expect(platform.getPrivacySetting()).resolves.toEqual({ isNeeded: false, contractName: '' });
  });

  it('calls a network that is out, and a server that does not allow the page, offline', async () => {
    const { platform, device, clock } = await open();
    device.goOffline();
    const answer = watch(Promise.resolve(platform.request({ url: 'https://server.test/' })));
    await clock.advance(SOON);
    expect(answer.outcome).toMatchObject({ failure: { kind: 'offline' } });
  });

  it('does not blame the network for a picture that is gone (G-22)', async () => {
    const { platform, clock } = await open();
    const upload = { url: 'https://server.test/', filePath: 'blob:https://page.test/gone', field: 'file' };
    const answer = watch(Promise.resolve(platform.upload(upload)));
    await clock.advance(SOON);
    expect(answer.outcome).toMatchObject({ failure: { kind: 'unknown' } });
  });

  it('sends no cookie beside the token', async () => {
    const { platform, device, clock } = await open();
    watch(Promise.resolve(platform.request({ url: 'https://server.test/' })));
    await clock.advance(SOON);
    expect(device.fetched).toEqual([['https://server.test/', 'omit']]);
  });

  it('says of a store that a person has forbidden that it cannot be used', async () => {
    const { platform, device } = await open();
    device.forbidStorage();
    expectFailure(
      thrownBy(() => platform.storage.get('key')),
      'unknown',
    );
    expectFailure(
      thrownBy(() => platform.storage.set('key', 'value')),
      'unknown',
    );
  });

  it('tells when the page is seen again and when the network is back, until nobody listens', async () => {
    const { platform, device } = await open();
    const heard: string[] = [];
    const stop = [platform.onShow(() => heard.push('show')), platform.onOnline(() => heard.push('online'))];
    device.hide();
    device.show();
    device.goOnline();
    for (const leave of stop) leave();
    device.show();
    device.goOnline();
    expect(heard).toEqual(['show', 'online']);
  });

  it('says what is missing where there is neither a wx nor a window', () => {
    expectFailure(
      thrownBy(() => kbone()),
      'unsupported',
    );
  });
});
