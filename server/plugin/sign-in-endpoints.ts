import type { AuthContext } from 'better-auth';
import { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { Code, PhoneProof, provePhone } from './host-proofs.js';
import { countRequest } from './rate-limit.js';
import { publicSession } from './sessions.js';
import { signInWithHost } from './sign-in.js';

const SignInBody = z.object({
  code: Code,
  createUser: z.boolean().default(true),
  withUnionId: z.boolean().default(false),
  expectedUserId: z.string().min(1).max(128).optional(),
});

/** The sign-ins with a login code of one host. */
export function signInEndpoints(host: Host, perAccount: number) {
  const countIn = (context: AuthContext) => (openid: string) =>
    countRequest(context.adapter, `account ${host.name} ${host.appId} ${openid}`, perAccount);

  return {
    /** `POST /denglu/<host>/sign-in`: a login code for a token and who it belongs to. */
    signIn: jsonEndpoint('POST', `/denglu/${host.name}/sign-in`, SignInBody, async (body, { context }) =>
      publicSession(context, await signInWithHost(context, host, body, { countSignIn: countIn(context) })),
    ),

    /** `POST /denglu/<host>/phone-sign-in`: the same, with a phone number that is proved along. */
    phoneSignIn: jsonEndpoint(
      'POST',
      `/denglu/${host.name}/phone-sign-in`,
      SignInBody.and(PhoneProof),
      async (body, { context }) => {
        const signedIn = await signInWithHost(context, host, body, {
          countSignIn: countIn(context),
          provePhone: ({ sessionKey }) => provePhone(context, host, body, async () => sessionKey),
        });
        return publicSession(context, signedIn);
      },
    ),
  };
}
