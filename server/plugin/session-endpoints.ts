import { createAuthEndpoint } from 'better-auth/api';
import type { Host } from '../hosts/host.js';
import { metadata, refusable } from './endpoint.js';
import { findIdentityOfSession } from './identities.js';
import { publicUser } from './public-user.js';
import { currentSession } from './token.js';

/** What a token is good for by itself. */
export function sessionEndpoints(hosts: readonly Host[]) {
  return {
    /** `GET /denglu/user`: who the token belongs to. */
    getDengluUser: createAuthEndpoint('/denglu/user', { method: 'GET', metadata }, (ctx) =>
      refusable(async () => {
        const current = await currentSession(ctx);
        return { user: publicUser(current.user, await findIdentityOfSession(ctx.context.adapter, hosts, current)) };
      }),
    ),

    /** `POST /denglu/sign-out`: ends the token's session. Whatever the body is, it is not read. */
    signOutDenglu: createAuthEndpoint('/denglu/sign-out', { method: 'POST', disableBody: true, metadata }, (ctx) =>
      refusable(async () => {
        const { session } = await currentSession(ctx);
        await ctx.context.internalAdapter.deleteSession(session.token);
        return { success: true };
      }),
    ),

    /** `POST /denglu/sign-out-everywhere`: ends all sessions of the token's user. Whatever the body is, it is not read. */
    signOutDengluEverywhere: createAuthEndpoint(
      '/denglu/sign-out-everywhere',
      { method: 'POST', disableBody: true, metadata },
      (ctx) =>
        refusable(async () => {
          const { user } = await currentSession(ctx);
          await ctx.context.internalAdapter.deleteUserSessions(user.id);
          return { success: true };
        }),
    ),
  };
}
