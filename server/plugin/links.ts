import type { GenericEndpointContext } from 'better-auth';
import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { claim } from './claims.js';
import { Code, proveAccount } from './host-proofs.js';
import {
  createIdentity,
  deleteIdentities,
  findIdentitiesOfUser,
  findIdentity,
  findOwners,
  renewIdentity,
} from './identities.js';
import { countRequest } from './rate-limit.js';
import type { Identity } from './schema.js';
import { currentSession } from './token.js';
import type { Known } from './users.js';
import { writeTogether } from './write-together.js';

export const AccountLink = z.object({
  code: Code,
  withUnionId: z.boolean().default(false),
  /** Whether another account of this host gives way. */
  overwrite: z.boolean().default(false),
});

export interface Linked extends Known {
  identity: Identity;
  /** Whether this host account was the user's before. */
  wasLinked: boolean;
}

/**
 * Ties the host account of a login code to whoever is signed in, however they are (G-19).
 *
 * @throws Refusal `NOT_SIGNED_IN`, `TOKEN_REJECTED`, `ANONYMOUS_MAY_NOT_LINK`, `RATE_LIMITED`, `LINK_TAKEN`,
 * `LINK_OCCUPIED`, `ACCOUNT_CONFLICT`, `UNIONID_MISSING`, and what proving the account throws
 */
export async function linkShownAccount(
  ctx: GenericEndpointContext,
  host: Host,
  perAccount: number,
  body: z.output<typeof AccountLink>,
): Promise<Linked> {
  const { context } = ctx;
  const asking = await currentSession(ctx);
  if (asking.user.isAnonymous === true) throw new Refusal('ANONYMOUS_MAY_NOT_LINK');
  await countRequest(context.adapter, `user ${asking.user.id}`, perAccount);
  const account = await proveAccount(context, host, body.code);

  return writeTogether(context, async (store) => {
    const { user, session } = await currentSession(ctx);
    const known = await findIdentity(store, host, account.openid);
    const owners = await findOwners(store, host, account, known, body.withUnionId);
    owners.delete(user.id);
    if (owners.size > 0) throw new Refusal('LINK_TAKEN');
    if (!known) {
      await claim(store, `link ${host.name} ${user.id}`);
      const others = await findIdentitiesOfUser(store, [host], user.id);
      if (others.length > 0 && !body.overwrite) throw new Refusal('LINK_OCCUPIED');
      const ids = others.map(({ id }) => id);
      if (ids.length > 0) await deleteIdentities(store, ids);
    }
    const identity = known
      ? await renewIdentity(store, known, account)
      : await createIdentity(store, host, account, user.id);
    await context.internalAdapter.updateSession(session.token, { dengluIdentityId: identity.id });
    return { user, identity, wasLinked: known !== null };
  });
}
