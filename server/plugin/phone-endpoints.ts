import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { ShownPhone, setShownPhone } from './phones.js';
import { answerUser } from './public-user.js';

/** The phone number of whoever is signed in. */
export function phoneEndpoints(host: Host, perAccount: number) {
  return {
    /** `POST /denglu/<host>/phone`: sets the number that the person let the host tell. */
    setPhone: jsonEndpoint('POST', `/denglu/${host.name}/phone`, ShownPhone, async (body, ctx) =>
      answerUser(await setShownPhone(ctx, host, perAccount, body)),
    ),
  };
}
