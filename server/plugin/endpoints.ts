import type { User } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { findIdentityById } from './identities.js';
import { countRequest } from './rate-limit.js';
import type { Identity } from './schema.js';
import { signInWithHost } from './sign-in.js';
import { currentSession, signToken } from './token.js';

/** Who is signed in, as clients read it. */
export interface PublicUser {
  id: string;
  nickname: string | null;
  avatarUrl: string | null;
  openid: string | null;
  unionid: string | null;
}

const SignInBody = z.object({
  code: z.string().min(1).max(256),
  createUser: z.boolean().default(true),
  withUnionId: z.boolean().default(false),
  expectedUserId: z.string().min(1).max(128).optional(),
});

const metadata = { noStore: true };

/** `POST /denglu/<host>/sign-in`: a login code for a token and who it belongs to. */
export function signInEndpoint(host: Host, perAccount: number) {
  return createAuthEndpoint(
    `/denglu/${host.name}/sign-in`,
    {
      method: 'POST',
      body: SignInBody,
      metadata,
      onValidationError({ message }) {
        throw toApiError(new Refusal('INVALID_REQUEST', { message }));
      },
    },
    (ctx) =>
      refusable(async () => {
        const signedIn = await signInWithHost(ctx.context, host, ctx.body, (openid) =>
          countRequest(ctx.context.adapter, `account ${host.name} ${host.appId} ${openid}`, perAccount),
        );
        return {
          token: await signToken(ctx.context, signedIn.sessionToken),
          expiresAt: signedIn.expiresAt.getTime(),
          user: publicUser(signedIn.user, signedIn.identity),
        };
      }),
  );
}

/** `GET /denglu/user`: who the token belongs to. */
export const userEndpoint = createAuthEndpoint('/denglu/user', { method: 'GET', metadata }, (ctx) =>
  refusable(async () => {
    const { session, user } = await currentSession(ctx);
    const identity = session.dengluIdentityId
      ? await findIdentityById(ctx.context.adapter, session.dengluIdentityId)
      : null;
    return { user: publicUser(user, identity) };
  }),
);

/** `POST /denglu/sign-out`: ends the token's session. Whatever the body is, it is not read. */
export const signOutEndpoint = createAuthEndpoint(
  '/denglu/sign-out',
  { method: 'POST', disableBody: true, metadata },
  (ctx) =>
    refusable(async () => {
      const { session } = await currentSession(ctx);
      await ctx.context.internalAdapter.deleteSession(session.token);
      return { success: true };
    }),
);

function publicUser(user: User, identity: Identity | null): PublicUser {
  return {
    id: user.id,
    nickname: user.name || null,
    avatarUrl: user.image || null,
    openid: identity?.openid ?? null,
    unionid: identity?.unionid ?? null,
  };
}

/** A refusal as better-auth sends it. */
export function toApiError(refusal: Refusal): APIError {
  return new APIError(refusal.status, refusal.body, refusal.headers);
}

async function refusable<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    throw error instanceof Refusal ? toApiError(error) : error;
  }
}
