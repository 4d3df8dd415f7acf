import type { AuthContext } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { setRequestCookie } from 'better-auth/cookies';
import { constantTimeEqual } from 'better-auth/crypto';
import { signatureOf, signToken } from './token.js';

/** The secrets that are accepted beside the one in use: older ones, and one that is about to come. */
function otherSecrets({ secret, secretConfig }: Pick<AuthContext, 'secret' | 'secretConfig'>): string[] {
  if (typeof secretConfig === 'string') return [];
  return [...secretConfig.keys.values()].filter((other) => other !== secret);
}

/** Whether a text was signed with any secret that counts. */
export function isSigned(
  context: Pick<AuthContext, 'secret' | 'secretConfig'>,
  text: string,
  signature: string,
): boolean {
  const secrets = [context.secret, ...otherSecrets(context)];
  return secrets.some((secret) => constantTimeEqual(signature, signatureOf(text, secret)));
}

const BEARER = /^bearer\s+([^.\s]+)\.([^.\s]+)$/i;

/**
 * Lets tokens in whose signature was made with another secret that counts, so that a new secret signs nobody out. What
 * better-auth checks is the same token, signed with the secret in use. To be asked before its bearer hook, which passes by
 * what it does not know.
 */
export const otherSignatures = {
  matcher: ({ headers, context }: { headers?: Headers | undefined; context: AuthContext }) =>
    headers?.has('authorization') === true && otherSecrets(context).length > 0,

  handler: createAuthMiddleware(async ({ headers, context }) => {
    const [, text, signature] = BEARER.exec(headers?.get('authorization') ?? '') ?? [];
    if (!headers || text === undefined || signature === undefined) return;
    if (!isSigned(context, text, decoded(signature))) return;
    const signed: Headers = new Headers(headers);
    setRequestCookie(signed, context.authCookies.sessionToken.name, signToken(context, text));
    return { context: { headers: signed } };
  }),
};

/** Some clients send what a cookie held. */
function decoded(signature: string): string {
  try {
    return decodeURIComponent(signature);
  } catch {
    return signature;
  }
}
