import type { GenericEndpointContext } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { z } from 'zod';
import type { AvatarStore } from '../avatars/store.js';
import { Refusal } from '../errors.js';
import type { Host, Profile } from '../hosts/host.js';
import { jsonEndpoint, metadata, refusable } from './endpoint.js';
import { Code, type ProvenAccount, proveAccount, Signed, storedSessionKey } from './host-proofs.js';
import { findIdentitiesOfUser, findIdentityOfSession, renewShownIdentity } from './identities.js';
import { AvatarUrl, applyProfile, Nickname, Sync } from './profiles.js';
import { type PublicUser, publicUser } from './public-user.js';
import { countRequest } from './rate-limit.js';
import { type CurrentSession, currentSession } from './token.js';
import { allowed } from './users.js';
import { writeTogether } from './write-together.js';

/** What a host shows without a signature, below base library 2.16.0 (W-06). */
const Plain = z.strictObject({
  userInfo: z.object({ nickName: Nickname.optional(), avatarUrl: AvatarUrl.or(z.literal('')).optional() }),
  sync: Sync,
});

/** Strict, so that nothing signed passes as plain by leaving its signature out. */
const HostProfileBody = z.union([Signed.extend({ code: Code.optional(), sync: Sync }).strict(), Plain], {
  error: 'Either userInfo alone, or rawData, signature, encryptedData and iv, beside sync',
});

const Fields = z.object({ nickname: Nickname.optional(), avatarUrl: AvatarUrl.optional(), sync: Sync });

/** What the server itself may write of a user. */
export type ProfileUpdate = z.input<typeof Fields>;

export interface ProfileOptions {
  host: Host;
  perAccount: number;
  /** Whether clients may write profiles at all. */
  fromClients: boolean;
  avatars: AvatarStore | undefined;
}

/** The profile of a user. */
export function profileEndpoints({ host, perAccount, fromClients, avatars }: ProfileOptions) {
  async function beginUpdate(ctx: GenericEndpointContext): Promise<CurrentSession> {
    const current = await currentSession(ctx);
    if (!fromClients) throw new Refusal('PROFILE_UPDATES_OFF');
    await countRequest(ctx.context.adapter, `user ${current.user.id}`, perAccount);
    return current;
  }

  function write(
    ctx: GenericEndpointContext,
    profile: Profile,
    sync: z.output<typeof Sync>,
    account: ProvenAccount | null = null,
  ): Promise<{ user: PublicUser }> {
    return writeTogether(ctx.context, async (store) => {
      const current = await currentSession(ctx);
      if (account) await renewShownIdentity(store, host, account, current.user.id);
      const changed = await applyProfile(ctx.context, current.user, profile, sync);
      return { user: publicUser(changed, await findIdentityOfSession(store, host, current)) };
    });
  }

  return {
    /** `POST /denglu/<host>/profile`: what the person let the host tell. */
    setWechatProfile: jsonEndpoint('POST', `/denglu/${host.name}/profile`, HostProfileBody, async (body, ctx) => {
      const { context } = ctx;
      const current = await beginUpdate(ctx);
      if ('userInfo' in body) {
        return write(ctx, host.readPlainProfile(body.userInfo), body.sync);
      }
      if (body.code !== undefined) {
        const account = await proveAccount(context, host, body.code);
        return write(ctx, host.readProfile(account, body), body.sync, account);
      }
      const identity = await findIdentityOfSession(context.adapter, host, current);
      const sessionKey = await storedSessionKey(context, identity);
      return write(ctx, host.readProfile({ openid: identity?.openid ?? '', sessionKey }, body), body.sync);
    }),

    /** `POST /denglu/profile`: a nickname that was typed in, and a picture that was uploaded (W-11, W-12). */
    setDengluProfile: jsonEndpoint('POST', '/denglu/profile', Fields, async (body, ctx) => {
      await beginUpdate(ctx);
      const { nickname = null, avatarUrl = null, sync } = body;
      if (avatarUrl !== null && !(await avatars?.has(avatarUrl))) {
        throw new Refusal('INVALID_REQUEST', { message: 'The picture is none that was uploaded here.' });
      }
      return write(ctx, { nickname, avatarUrl }, sync);
    }),

    /** The server's own call, which no setting forbids and no address leads to. */
    updateDengluProfile: createAuthEndpoint.serverOnly(
      { method: 'POST', body: Fields.extend({ userId: z.string().min(1) }), metadata },
      (ctx) =>
        refusable(() =>
          writeTogether(ctx.context, async (store) => {
            const { userId, nickname = null, avatarUrl = null, sync } = ctx.body;
            const found = await ctx.context.internalAdapter.findUserById(userId);
            if (!found) throw new Refusal('ACCOUNT_NOT_FOUND', { message: 'There is no such user.' });
            const user = await applyProfile(ctx.context, allowed(found), { nickname, avatarUrl }, sync);
            const [identity = null] = await findIdentitiesOfUser(store, host, userId);
            return { user: publicUser(user, identity) };
          }),
        ),
    ),
  };
}
