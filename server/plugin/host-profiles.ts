import type { GenericEndpointContext } from 'better-auth';
import { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { Code, Encrypted, proveAccount, Signed, storedSessionKey } from './host-proofs.js';
import { findIdentityOfSession } from './identities.js';
import { type ProfileUpdateOptions, profileUpdates } from './profile-updates.js';
import { AvatarUrl, details, Nickname, Sync } from './profiles.js';
import type { Known } from './users.js';

/** What a host shows without a signature, below base library 2.16.0 (W-06). */
export const PlainProfile = z.strictObject({
  userInfo: z.object({
    nickName: Nickname.optional(),
    avatarUrl: AvatarUrl.or(z.literal('')).optional(),
    ...details,
  }),
  sync: Sync,
});

const proved = { code: Code.optional(), sync: Sync };

/** Strict, so that nothing signed passes as plain by leaving its signature out. */
export const SignedProfile = Signed.extend(proved).strict();

/** The cipher text is the proof (B-09), so nothing passes without it. */
export const SealedProfile = Encrypted.extend(proved).strict();

type HostProfile = z.output<typeof PlainProfile> | z.output<typeof SignedProfile> | z.output<typeof SealedProfile>;

/**
 * Keeps what a person let the host tell of them.
 *
 * @throws Refusal `SESSION_KEY_MISSING`, and what beginning an update, proving the account and reading the profile throw
 */
export async function setHostProfile(
  ctx: GenericEndpointContext,
  host: Host,
  options: ProfileUpdateOptions,
  body: HostProfile,
): Promise<Known> {
  const { begin, write } = profileUpdates(options);
  const { context } = ctx;
  const current = await begin(ctx);
  if ('userInfo' in body) {
    return write(ctx, [host], host.readPlainProfile(body.userInfo), body.sync);
  }
  if (body.code !== undefined) {
    const account = await proveAccount(context, host, body.code);
    return write(ctx, [host], host.readProfile(account, body), body.sync, { host, account });
  }
  const identity = await findIdentityOfSession(context.adapter, [host], current);
  const sessionKey = await storedSessionKey(context, identity);
  return write(ctx, [host], host.readProfile({ openid: identity?.openid ?? '', sessionKey }, body), body.sync);
}
