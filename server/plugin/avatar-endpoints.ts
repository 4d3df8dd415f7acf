import { createAuthEndpoint } from 'better-auth/api';
import { sniff } from '../avatars/sniff.js';
import type { AvatarStore } from '../avatars/store.js';
import { Refusal } from '../errors.js';
import { metadata, refusable } from './endpoint.js';
import { countRequest } from './rate-limit.js';
import { currentSession } from './token.js';

/** The size of the largest picture, in bytes. */
export const MAX_AVATAR = 2 * 1024 * 1024;

/** Uploads of pictures. */
export function avatarEndpoints(avatars: AvatarStore | undefined, fromClients: boolean, perAccount: number) {
  return {
    /** `POST /denglu/avatar`: keeps the picture in the field `file` of a form. */
    uploadDengluAvatar: createAuthEndpoint(
      '/denglu/avatar',
      { method: 'POST', disableBody: true, requireRequest: true, metadata },
      (ctx) =>
        refusable(async () => {
          const { user } = await currentSession(ctx);
          if (!fromClients) throw new Refusal('PROFILE_UPDATES_OFF');
          if (!avatars) throw new Refusal('NOT_FOUND');
          await countRequest(ctx.context.adapter, `user ${user.id}`, perAccount);
          const form = await ctx.request.formData().catch(() => undefined);
          const file = form?.get('file');
          if (!(file instanceof File)) {
            throw new Refusal('INVALID_REQUEST', { message: 'The body must be a form with a field `file`.' });
          }
          if (file.size > MAX_AVATAR) throw new Refusal('AVATAR_TOO_LARGE');
          const bytes = new Uint8Array(await file.arrayBuffer());
          const type = sniff(bytes);
          if (!type) throw new Refusal('AVATAR_REFUSED');
          return { avatarUrl: await avatars.put({ bytes, type }) };
        }),
    ),
  };
}
