import { createAuthEndpoint } from 'better-auth/api';
import { z } from 'zod';
import type { AvatarStore } from '../avatars/store.js';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { NOTHING } from '../hosts/shown-details.js';
import { jsonEndpoint, metadata, refusable } from './endpoint.js';
import { findIdentitiesOfUser } from './identities.js';
import { type ProfileUpdateOptions, profileUpdates } from './profile-updates.js';
import { AvatarUrl, applyProfile, details, Nickname, Sync } from './profiles.js';
import { answerUser, publicUser } from './public-user.js';
import { allowed } from './users.js';
import { writeTogether } from './write-together.js';

const Fields = z.object({ nickname: Nickname.optional(), avatarUrl: AvatarUrl.optional(), sync: Sync });

const AllFields = Fields.extend(details);

/** What the server itself may write of a user. */
export type ProfileUpdate = z.input<typeof AllFields>;

export interface ProfileOptions extends ProfileUpdateOptions {
  hosts: readonly Host[];
  avatars: AvatarStore | undefined;
}

/** The profile of a user, whatever the host. */
export function profileEndpoints({ hosts, avatars, ...options }: ProfileOptions) {
  const { begin, write } = profileUpdates(options);

  return {
    /** `POST /denglu/profile`: a nickname that was typed in, and a picture that was uploaded (W-11, W-12). */
    setDengluProfile: jsonEndpoint('POST', '/denglu/profile', Fields, async (body, ctx) => {
      await begin(ctx);
      const { nickname = null, avatarUrl = null, sync } = body;
      if (avatarUrl !== null && !(await avatars?.has(avatarUrl))) {
        throw new Refusal('INVALID_REQUEST', { message: 'The picture is none that was uploaded here.' });
      }
      return answerUser(await write(ctx, hosts, { ...NOTHING, nickname, avatarUrl }, sync));
    }),

    /** The server's own call, which no setting forbids and no address leads to. */
    updateDengluProfile: createAuthEndpoint.serverOnly(
      { method: 'POST', body: AllFields.extend({ userId: z.string().min(1) }), metadata },
      (ctx) =>
        refusable(() =>
          writeTogether(ctx.context, async (store) => {
            const { userId, sync, nickname = null, avatarUrl = null, gender = null } = ctx.body;
            const { country = null, province = null, city = null, language = null } = ctx.body;
            const profile = { nickname, avatarUrl, gender, country, province, city, language };
            const found = await ctx.context.internalAdapter.findUserById(userId);
            if (!found) throw new Refusal('ACCOUNT_NOT_FOUND', { message: 'There is no such user.' });
            const user = await applyProfile(ctx.context, allowed(found), profile, sync);
            const [identity = null] = await findIdentitiesOfUser(store, hosts, userId);
            return { user: publicUser(user, identity) };
          }),
        ),
    ),
  };
}
