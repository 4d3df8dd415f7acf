import { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { Code, Encrypted, proveAccount, Signed, storedSessionKey } from './host-proofs.js';
import { findIdentityOfSession } from './identities.js';
import { type ProfileUpdateOptions, profileUpdates } from './profile-updates.js';
import { AvatarUrl, Nickname, Sync } from './profiles.js';

/** What a host shows without a signature, below base library 2.16.0 (W-06). */
const Plain = z.strictObject({
  userInfo: z.object({ nickName: Nickname.optional(), avatarUrl: AvatarUrl.or(z.literal('')).optional() }),
  sync: Sync,
});

const proved = { code: Code.optional(), sync: Sync };

/** Strict, so that nothing signed passes as plain by leaving its signature out. */
const SignedOrPlain = z.union([Signed.extend(proved).strict(), Plain], {
  error: 'Either userInfo alone, or rawData, signature, encryptedData and iv, beside sync',
});

/** The cipher text is the proof (B-09), so nothing passes without it. */
const Sealed = Encrypted.extend(proved).strict();

/** The profile that a host tells of its person. */
export function hostProfileEndpoints(host: Host, options: ProfileUpdateOptions) {
  const { begin, write } = profileUpdates(options);
  const body: z.ZodType<z.output<typeof SignedOrPlain> | z.output<typeof Sealed>> =
    host.profiles === 'signed' ? SignedOrPlain : Sealed;

  return {
    /** `POST /denglu/<host>/profile`: what the person let the host tell. */
    setProfile: jsonEndpoint('POST', `/denglu/${host.name}/profile`, body, async (body, ctx) => {
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
    }),
  };
}
