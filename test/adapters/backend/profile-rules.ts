import { describe, expect, it } from 'vitest';
import type { ProfileSync } from '../../../ports/profile.js';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused } from './bench.js';

const SYNCS: readonly ProfileSync[] = ['overwrite', 'setnx', false];

const PICTURES = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3],
  jpg: [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3],
  gif: [...Buffer.from('GIF89a'), 1, 2, 3],
  webp: [...Buffer.from('RIFF'), 0, 0, 0, 0, ...Buffer.from('WEBPVP8 ')],
};
const picture = (kind: keyof typeof PICTURES = 'png', size = 0) => {
  const begin = PICTURES[kind];
  const bytes = new Uint8Array(Math.max(size, begin.length));
  bytes.set(begin);
  return bytes;
};

/** What holds of profiles, whatever stands behind the adapter. */
export function describeProfiles(bench: () => Bench): void {
  describe('setProfile and uploadAvatar', () => {
    it.each(Object.keys(PICTURES) as (keyof typeof PICTURES)[])(
      'W-11, G-22: keep a name and an uploaded picture: %s',
      async (kind) => {
        const { backend, enter, addFile } = bench();
        const { token, user } = await enter();
        const avatarUrl = await backend.uploadAvatar(token, addFile(picture(kind)));
        expect(avatarUrl).toMatch(new RegExp(`^https://api\\.test/avatars/[^/]+\\.${kind}$`));
        const changed = await backend.setProfile(token, { nickname: ' 小红 ', avatarUrl }, 'setnx');
        expect(changed).toEqual({ ...user, nickname: '小红', avatarUrl });
      },
    );

    it.each(SYNCS)('with sync %s replace what they may', async (sync) => {
      const { backend, enter, addFile } = bench();
      const { token } = await enter();
      await backend.setProfile(token, { nickname: '小明', avatarUrl: null }, 'setnx');
      const avatarUrl = await backend.uploadAvatar(token, addFile(picture()));
      const changed = await backend.setProfile(token, { nickname: '小红', avatarUrl }, sync);
      expect(changed).toMatchObject({
        nickname: sync === 'overwrite' ? '小红' : '小明',
        avatarUrl: sync === false ? null : avatarUrl,
      });
    });

    it('G-22: take no picture that was not uploaded', async () => {
      const { backend, enter } = bench();
      const { token } = await enter();
      for (const avatarUrl of ['https://wx.qlogo.invalid/1', 'https://api.test/avatars/1.svg', 'wxfile://tmp_1.png']) {
        await expectRefused(backend.setProfile(token, { nickname: null, avatarUrl }, 'setnx'), 'INVALID_REQUEST');
      }
    });

    it.each(['', '  ', 'x'.repeat(65)])('take no name such as "%s"', async (nickname) => {
      const { backend, enter } = bench();
      const { token } = await enter();
      await expectRefused(backend.setProfile(token, { nickname, avatarUrl: null }, 'setnx'), 'INVALID_REQUEST');
    });

    it('refuse a file that is no picture, and one that is too large', async () => {
      const { backend, enter, addFile } = bench();
      const { token } = await enter();
      const svg = addFile(new Uint8Array(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')));
      await expectRefused(backend.uploadAvatar(token, svg), 'AVATAR_REFUSED');
      await expectRefused(backend.uploadAvatar(token, addFile(new Uint8Array())), 'AVATAR_REFUSED');
      const most = 2 * 1024 * 1024;
      expect(await backend.uploadAvatar(token, addFile(picture('png', most)))).toMatch(/\.png$/);
      await expectRefused(backend.uploadAvatar(token, addFile(picture('png', most + 1))), 'AVATAR_TOO_LARGE');
    });

    it('are for whoever is signed in', async () => {
      const { backend, addFile, tell } = bench();
      const nobody = secret('no token');
      expect(await tell('profile', null, { nickname: '小明' })).toMatchObject({
        status: 401,
        body: { code: 'NOT_SIGNED_IN', baasCode: 604 },
      });
      await expectRefused(backend.uploadAvatar(nobody, addFile(picture())), 'TOKEN_REJECTED');
      await expectRefused(backend.setProfile(nobody, { nickname: '小明', avatarUrl: null }, 'setnx'), 'TOKEN_REJECTED');
    });

    it('are refused where clients may not write profiles, as what the host told is', async () => {
      const { backendWithoutProfiles: backend, enter, newPerson, addFile, profileOf } = bench();
      const { person, token } = await enter(newPerson(), backend);
      const code = 'PROFILE_UPDATES_OFF';
      await expectRefused(backend.setProfile(token, { nickname: '小明', avatarUrl: null }, 'setnx'), code);
      await expectRefused(backend.uploadAvatar(token, addFile(picture())), code);
      await expectRefused(
        backend.setHostProfile(token, { profile: await profileOf(person), code: null, sync: 'setnx' }),
        code,
      );
    });
  });
}
