import type { GenericEndpointContext } from 'better-auth';
import type { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host, Profile } from '../hosts/host.js';
import type { ProvenAccount } from './host-proofs.js';
import { findIdentityOfSession, renewShownIdentity } from './identities.js';
import { applyProfile, type Sync } from './profiles.js';
import { countRequest } from './rate-limit.js';
import { type CurrentSession, currentSession } from './token.js';
import type { Known } from './users.js';
import { writeTogether } from './write-together.js';

export interface ProfileUpdateOptions {
  perAccount: number;
  /** Whether clients may write profiles at all. */
  fromClients: boolean;
}

/** How a client's update of the profile begins and ends, whatever it is made of. */
export function profileUpdates({ perAccount, fromClients }: ProfileUpdateOptions) {
  return {
    /** @throws Refusal `NOT_SIGNED_IN`, `TOKEN_REJECTED`, `PROFILE_UPDATES_OFF`, `RATE_LIMITED` */
    async begin(ctx: GenericEndpointContext): Promise<CurrentSession> {
      const current = await currentSession(ctx);
      if (!fromClients) throw new Refusal('PROFILE_UPDATES_OFF');
      await countRequest(ctx.context.adapter, `user ${current.user.id}`, perAccount);
      return current;
    },

    /**
     * Keeps a profile, and the session key of an account that was shown along.
     *
     * @param hosts whose account the user is told by
     */
    write(
      ctx: GenericEndpointContext,
      hosts: readonly Host[],
      profile: Profile,
      sync: z.output<typeof Sync>,
      shown?: { host: Host; account: ProvenAccount },
    ): Promise<Known> {
      return writeTogether(ctx.context, async (store) => {
        const current = await currentSession(ctx);
        if (shown) await renewShownIdentity(store, shown.host, shown.account, current.user.id);
        const changed = await applyProfile(ctx.context, current.user, profile, sync);
        return { user: changed, identity: await findIdentityOfSession(store, hosts, current) };
      });
    },
  };
}
