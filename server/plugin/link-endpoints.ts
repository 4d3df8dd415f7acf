import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { AccountLink, linkShownAccount } from './links.js';
import { answerUser } from './public-user.js';

/** Host accounts of whoever is signed in, however they are. */
export function linkEndpoints(host: Host, perAccount: number) {
  return {
    /** `POST /denglu/<host>/link`: ties the host account of a login code to the user (G-19). */
    link: jsonEndpoint('POST', `/denglu/${host.name}/link`, AccountLink, async (body, ctx) => {
      const linked = await linkShownAccount(ctx, host, perAccount, body);
      return { ...answerUser(linked), status: linked.wasLinked ? 'already-linked' : 'linked' };
    }),
  };
}
