import { createAuthEndpoint } from 'better-auth/api';
import { z } from 'zod';
import { Refusal } from '../errors.js';
import { type AccountParts, changeAccount, registerUser, signInWithPassword } from '../plugin/accounts.js';
import { signInAnonymously } from '../plugin/anonymous.js';
import { metadata, refusable } from '../plugin/endpoint.js';
import { findIdentityOfSession } from '../plugin/identities.js';
import { currentSession } from '../plugin/token.js';
import { AccountInfo, Named } from './bodies.js';
import { changeEndpoint, loginEndpoint, OK } from './endpoint.js';
import { userRecord } from './record.js';

/** Sign-in by name and password, or by nothing at all, and who is signed in. */
export function accountRoutes(parts: AccountParts) {
  const login = <Path extends string>(path: Path, body: (typeof Named)[keyof typeof Named]) =>
    loginEndpoint(path, body, (credentials, context) => signInWithPassword(context, parts, credentials));
  const register = <Path extends string>(path: Path, body: (typeof Named)[keyof typeof Named]) =>
    loginEndpoint(path, body, (credentials, context) => registerUser(context, parts, credentials));

  return {
    hserveLoginPhone: login('/hserve/v2.1/login/phone/', Named.phone),
    hserveLoginEmail: login('/hserve/v2.1/login/email/', Named.email),
    hserveLoginUsername: login('/hserve/v2.1/login/username/', Named.username),
    hserveRegisterPhone: register('/hserve/v2.1/register/phone/', Named.phone),
    hserveRegisterEmail: register('/hserve/v2.1/register/email/', Named.email),
    hserveRegisterUsername: register('/hserve/v2.1/register/username/', Named.username),
    hserveLoginAnonymous: loginEndpoint('/hserve/v2.0/login/anonymous/', z.unknown(), (_, context) =>
      signInAnonymously(context),
    ),

    hserveAccount: changeEndpoint('/hserve/v2.2/user/account/', AccountInfo, (body, ctx) =>
      changeAccount(ctx, parts, body),
    ),

    /** Only oneself is shown. */
    hserveUser: createAuthEndpoint('/hserve/v2.5/user/info/:id/', { method: 'GET', metadata }, (ctx) =>
      refusable(async () => {
        const current = await currentSession(ctx);
        const identity = await findIdentityOfSession(ctx.context.adapter, parts.hosts, current);
        const record = await userRecord(ctx.context, { user: current.user, identity });
        if (String(record.id) !== ctx.params.id) throw new Refusal('NOT_FOUND');
        return record;
      }),
    ),

    hserveLogout: createAuthEndpoint(
      '/hserve/v2.0/session/destroy/',
      { method: 'POST', disableBody: true, metadata },
      (ctx) =>
        refusable(async () => {
          const { session } = await currentSession(ctx);
          await ctx.context.internalAdapter.deleteSession(session.token);
          ctx.setStatus(201);
          return OK;
        }),
    ),
  };
}
