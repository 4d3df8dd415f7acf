import type { AuthContext } from 'better-auth';
import { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { Code, PhoneProof, provePhone } from './host-proofs.js';
import { countRequest } from './rate-limit.js';
import type { SignedIn } from './sessions.js';
import { signInWithHost } from './sign-in.js';

/** A login code, and who may come of it. */
export const HostSignIn = z.object({
  code: Code,
  createUser: z.boolean().default(true),
  withUnionId: z.boolean().default(false),
  expectedUserId: z.string().min(1).max(128).optional(),
});

/** The same, beside a number that is proved along. */
export const PhoneSignIn = HostSignIn.and(PhoneProof);

/** Counts one sign-in of an account; too many are refused. */
export const countSignInOf = (context: AuthContext, host: Host, perAccount: number) => (openid: string) =>
  countRequest(context.adapter, `account ${host.name} ${host.appId} ${openid}`, perAccount);

/** @throws Refusal `RATE_LIMITED`, and what {@link signInWithHost} throws */
export function signInSilently(
  context: AuthContext,
  host: Host,
  perAccount: number,
  body: z.output<typeof HostSignIn>,
): Promise<SignedIn> {
  return signInWithHost(context, host, body, { countSignIn: countSignInOf(context, host, perAccount) });
}

/** @throws Refusal `RATE_LIMITED`, and what {@link signInWithHost} and {@link provePhone} throw */
export function signInByPhone(
  context: AuthContext,
  host: Host,
  perAccount: number,
  body: z.output<typeof PhoneSignIn>,
): Promise<SignedIn> {
  return signInWithHost(context, host, body, {
    countSignIn: countSignInOf(context, host, perAccount),
    provePhone: ({ sessionKey }) => provePhone(context, host, body, async () => sessionKey),
  });
}
