import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { storedSession } from '../../machines/stored-session.js';
import type { User } from '../../ports/backend.js';
import { secret } from '../../ports/secret.js';
import { createTestApp, watch, wordOf } from '../support/app.js';
import { aSession } from '../support/sessions.js';

const BACKEND = 'https://api.test';

/** A host's store, without a host. */
function createStore() {
  const kept = new Map<string, string>();
  return {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string) => void kept.set(key, value),
    remove: (key: string) => void kept.delete(key),
    text: () => [...kept.values()].join(),
  };
}

const user: User = {
  id: 'user-1',
  nickname: '小明',
  avatarUrl: 'https://cdn.test/a.png',
  openid: 'o-1',
  unionid: 'u-1',
  username: 'xiaoming',
  email: 'ming@example.com',
  phone: secret('+8613800138000'),
  phoneVerified: true,
};

describe('the user in the host’s store', () => {
  it('comes back with whatever else the backend told', () => {
    const store = createStore();
    const details = {
      gender: 2,
      country: 'China',
      province: 'Guangdong',
      city: 'Guangzhou',
      language: 'zh_CN',
      isEmailVerified: true,
      isAnonymous: true,
      createdAt: 1,
    };
    storedSession.write(store, BACKEND, aSession({ user: { ...user, details } }));
    expect(storedSession.read(store, BACKEND)?.user.details).toEqual(details);
  });

  it('comes back whole, the phone number as a secret again (G-23)', () => {
    const store = createStore();
    storedSession.write(store, BACKEND, aSession({ user }));
    const read = storedSession.read(store, BACKEND);
    expect(read?.user).toEqual({ ...user, phone: expect.anything() });
    expect(read?.user.phone?.reveal()).toBe('+8613800138000');
    expect(inspect(read, { depth: 10, showHidden: true }) + JSON.stringify(read)).not.toContain('138001');
  });

  it('does not come back to another backend, whose token it is not (G-23)', () => {
    const store = createStore();
    storedSession.write(store, BACKEND, aSession());
    expect(storedSession.read(store, 'https://other.test')).toBeNull();
  });

  it('without a phone number comes back without one', () => {
    const store = createStore();
    storedSession.write(store, BACKEND, aSession());
    expect(storedSession.read(store, BACKEND)?.user).toEqual(aSession().user);
  });

  it.each([
    ['before phones and names', { nickname: '小明', avatarUrl: null, openid: 'o-1', unionid: null }, '小明'],
    ['with nothing but an id', {}, null],
    ['with fields of other types', { nickname: 7, phone: { toJSON: 1 }, phoneVerified: 'yes', email: [] }, null],
    ['with more than is known', { nickname: '小明', more: 'than known' }, '小明'],
  ])('that was written %s is read, what is missing as null', (_, written, nickname) => {
    const store = createStore();
    storedSession.write(store, BACKEND, aSession());
    store.set('denglu:session', JSON.stringify({ ...JSON.parse(store.text()), user: { id: 'user-1', ...written } }));
    const read = storedSession.read(store, BACKEND)?.user;
    const missing = { username: null, email: null, phone: null, phoneVerified: false };
    expect(read).toMatchObject({ id: 'user-1', nickname, ...missing });
    expect(Object.keys(read ?? {}).sort()).toEqual(Object.keys(user).sort());
  });

  it('of an older version stays signed in after an update of the app', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(1000);
    const { username, email, phone, phoneVerified, ...older } = app.auth.getSnapshot().user ?? aSession().user;
    const stored = JSON.parse(app.device.wx.getStorageSync('denglu:session'));
    app.device.wx.setStorageSync('denglu:session', JSON.stringify({ ...stored, user: older }));
    const session = watch(app.restart().ensure());
    await app.clock.advance(1000);
    expect([wordOf(session), app.count('login')]).toEqual(['ok', 1]);
    expect(app.auth.getSnapshot().user).toEqual({ ...older, username, email, phone, phoneVerified });
  });
});
