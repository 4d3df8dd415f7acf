import { server } from '../../../adapters/server.js';
import { wechat } from '../../../adapters/wechat.js';
import type { Auth } from '../../../machines/auth.js';
import { createAuth } from '../../../machines/create-auth.js';
import { BASE_URL, createTestApp, SIGN_IN, type TestApp, watch } from '../../support/app.js';

export const second = 1000;
export const minute = 60 * second;

/** The app of somebody who has signed in. */
export async function signedIn(...options: Parameters<typeof createTestApp>): Promise<TestApp> {
  const app = createTestApp(...options);
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

/** A second auth on the same host, as another bundle of the app has it: it shares the owner of the codes, and no more. */
export function anotherAuth({ clock, device }: TestApp): Auth {
  return createAuth({ platform: wechat({ wx: device.wx }), backend: server({ baseUrl: BASE_URL }), clock });
}

/** The login codes that reached the server, in the order of their coming. */
export function codesSent({ backend }: TestApp): unknown[] {
  return backend.calls
    .filter(({ path }) => path.endsWith(SIGN_IN))
    .map(({ body }) => Reflect.get(Object(body), 'code'));
}

/** The app goes to the background and comes back. */
export async function hideAndShow({ clock, device }: TestApp): Promise<void> {
  device.hide();
  device.show();
  await clock.advance(second);
}
