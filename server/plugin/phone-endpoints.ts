import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { Code, PhoneProof, proveAccount, provePhone, storedSessionKey } from './host-proofs.js';
import { findIdentityOfSession, renewShownIdentity } from './identities.js';
import { publicUser } from './public-user.js';
import { countRequest } from './rate-limit.js';
import { currentSession } from './token.js';
import { givePhone } from './users.js';
import { writeTogether } from './write-together.js';

const PhoneBody = z.object({ code: Code.optional(), overwrite: z.boolean().default(true) }).and(PhoneProof);

/** The phone number of whoever is signed in. */
export function phoneEndpoints(host: Host, perAccount: number) {
  return {
    /** `POST /denglu/<host>/phone`: sets the number that the person let the host tell. */
    setPhone: jsonEndpoint('POST', `/denglu/${host.name}/phone`, PhoneBody, async (body, ctx) => {
      const { context } = ctx;
      const current = await currentSession(ctx);
      await countRequest(context.adapter, `user ${current.user.id}`, perAccount);
      const account = body.code === undefined ? null : await proveAccount(context, host, body.code);
      const phone = await provePhone(context, host, body, async () => {
        if (account) return account.sessionKey;
        return storedSessionKey(context, await findIdentityOfSession(context.adapter, [host], current));
      });

      return writeTogether(context, async (store) => {
        const fresh = await currentSession(ctx);
        const { user } = fresh;
        if (!body.overwrite && user.phoneNumber && user.phoneNumber !== phone) throw new Refusal('PHONE_ALREADY_SET');
        if (account) await renewShownIdentity(store, host, account, user.id);
        const changed = await givePhone(context, store, user, phone);
        return { user: publicUser(changed, await findIdentityOfSession(store, [host], fresh)) };
      });
    }),
  };
}
