import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { HostSignIn, PhoneSignIn, signInByPhone, signInSilently } from './host-sign-in.js';
import { publicSession } from './sessions.js';

/** The sign-ins with a login code of one host. */
export function signInEndpoints(host: Host, perAccount: number) {
  return {
    /** `POST /denglu/<host>/sign-in`: a login code for a token and who it belongs to. */
    signIn: jsonEndpoint('POST', `/denglu/${host.name}/sign-in`, HostSignIn, async (body, { context }) =>
      publicSession(context, await signInSilently(context, host, perAccount, body)),
    ),

    /** `POST /denglu/<host>/phone-sign-in`: the same, with a phone number that is proved along. */
    phoneSignIn: jsonEndpoint('POST', `/denglu/${host.name}/phone-sign-in`, PhoneSignIn, async (body, { context }) =>
      publicSession(context, await signInByPhone(context, host, perAccount, body)),
    ),
  };
}
