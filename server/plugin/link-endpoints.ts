import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { Code, proveAccount } from './host-proofs.js';
import {
  createIdentity,
  deleteIdentities,
  findIdentitiesOfUser,
  findIdentity,
  findOwners,
  renewIdentity,
} from './identities.js';
import { publicUser } from './public-user.js';
import { countRequest } from './rate-limit.js';
import { currentSession } from './token.js';
import { writeTogether } from './write-together.js';

const LinkBody = z.object({
  code: Code,
  withUnionId: z.boolean().default(false),
  /** Whether another account of this host gives way. */
  overwrite: z.boolean().default(false),
});

/** Host accounts of whoever is signed in, however they are. */
export function linkEndpoints(host: Host, perAccount: number) {
  return {
    /** `POST /denglu/<host>/link`: ties the host account of a login code to the user (G-19). */
    link: jsonEndpoint('POST', `/denglu/${host.name}/link`, LinkBody, async (body, ctx) => {
      const { context } = ctx;
      const asking = await currentSession(ctx);
      if (Reflect.get(asking.user, 'isAnonymous') === true) throw new Refusal('ANONYMOUS_MAY_NOT_LINK');
      await countRequest(context.adapter, `user ${asking.user.id}`, perAccount);
      const account = await proveAccount(context, host, body.code);

      return writeTogether(context, async (store) => {
        const { user, session } = await currentSession(ctx);
        const known = await findIdentity(store, host, account.openid);
        const owners = await findOwners(store, host, account, known, body.withUnionId);
        owners.delete(user.id);
        if (owners.size > 0) throw new Refusal('LINK_TAKEN');
        if (!known) {
          const others = await findIdentitiesOfUser(store, [host], user.id);
          if (others.length > 0 && !body.overwrite) throw new Refusal('LINK_OCCUPIED');
          const ids = others.map(({ id }) => id);
          if (ids.length > 0) await deleteIdentities(store, ids);
        }
        const identity = known
          ? await renewIdentity(store, known, account)
          : await createIdentity(store, host, account, user.id);
        await context.internalAdapter.updateSession(session.token, { dengluIdentityId: identity.id });
        return { user: publicUser(user, identity), status: known ? 'already-linked' : 'linked' };
      });
    }),
  };
}
