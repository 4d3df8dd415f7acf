import type { GenericEndpointContext } from 'better-auth';
import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { Code, PhoneProof, proveAccount, provePhone, storedSessionKey } from './host-proofs.js';
import { findIdentityOfSession, renewShownIdentity } from './identities.js';
import { countRequest } from './rate-limit.js';
import { currentSession } from './token.js';
import { givePhone, type Known } from './users.js';
import { writeTogether } from './write-together.js';

/** A number that the host tells. */
export const ShownPhone = z.object({ code: Code.optional(), overwrite: z.boolean().default(true) }).and(PhoneProof);

/**
 * Gives whoever is signed in the number that they let the host tell.
 *
 * @throws Refusal `NOT_SIGNED_IN`, `TOKEN_REJECTED`, `RATE_LIMITED`, `PHONE_ALREADY_SET`, `PHONE_TAKEN`,
 * `SESSION_KEY_MISSING`, `ACCOUNT_CONFLICT`, and what proving account and number throws
 */
export async function setShownPhone(
  ctx: GenericEndpointContext,
  host: Host,
  perAccount: number,
  body: z.output<typeof ShownPhone>,
): Promise<Known> {
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
    return { user: changed, identity: await findIdentityOfSession(store, [host], fresh) };
  });
}
