import { randomUUID } from 'node:crypto';
import { type MinappOptions, minapp } from '../../adapters/minapp.js';
import { wechat } from '../../adapters/wechat.js';
import { type Auth, createAuth } from '../../index.js';
import { type Secret, secret } from '../../ports/secret.js';
import type { Person, WechatDeviceOptions } from '../../simulator/index.js';
import type { OverHttp } from '../server/support/client.js';
import { loadSdk, type SdkName } from './minapp-sdk.js';

export const CLIENT_ID = 'client-of-the-sdk';
export const PASSWORD = 'correct horse battery';

export const newName = () => `u${randomUUID().slice(0, 8)}`;
export const named = (name = newName()) => ({
  by: 'username' as const,
  name: secret(name),
  password: secret(PASSWORD),
});
export const silently = (code: Secret, more: object = {}) => ({
  code,
  createUser: true,
  withUnionId: false,
  expectedUserId: null,
  ...more,
});

/** The published SDK on simulated phones, bare and as a backend. Between it and denglu's server is HTTP. */
export function minappRig(name: SdkName, world: () => { http: OverHttp; url: string }) {
  const running: Auth[] = [];

  /** The SDK as an app has it. */
  function bare(person = world().http.newPerson(), phone: Partial<WechatDeviceOptions> = {}, autoLogin = false) {
    const device = world().http.phoneOf(person, phone);
    const sdk = loadSdk(name, device.wx);
    sdk.init(CLIENT_ID, { host: world().url, autoLogin });
    return { person, device, sdk };
  }

  /** The same as a backend, on a phone of its own or on one that was used before. */
  function driven(
    person = world().http.newPerson(),
    phone: Partial<WechatDeviceOptions> = {},
    more: Partial<MinappOptions> = {},
    device = world().http.phoneOf(person, phone),
  ) {
    const sdk = loadSdk(name, device.wx);
    const connect = minapp({ baas: sdk, clientId: CLIENT_ID, baseUrl: world().url, ...more });
    const platform = wechat({ wx: device.wx });
    return { person, device, sdk, connect, platform, backend: connect(platform), login: () => platform.login() };
  }

  /** An app that signs in by it. */
  function opened(...given: Parameters<typeof driven>) {
    const app = driven(...given);
    const auth = createAuth({ platform: app.platform, backend: app.connect });
    running.push(auth);
    return { ...app, auth };
  }

  return {
    bare,
    driven,
    opened,

    /** The app is closed, and opened again on the same phone. */
    reopened({ auth, device, person }: ReturnType<typeof opened>) {
      auth.stop();
      device.restart();
      return opened(person, {}, {}, device);
    },

    loginCode: async (person: Person) => secret(await world().http.loginElsewhere(person)),

    /** Ends a session behind the back of whoever has it. */
    async revoke(token: string): Promise<void> {
      const headers = { authorization: `Hydrogen-r1 ${token}`, 'x-hydrogen-client-id': CLIENT_ID };
      await fetch(`${world().url}/hserve/v2.0/session/destroy/`, { method: 'POST', headers });
    },

    requestsOf: ({ device }: Pick<ReturnType<typeof bare>, 'device'>) =>
      device.calls.filter(({ api }) => api === 'request').length,

    /** An answer to something else came back, so whatever was on its way could have come too. */
    roundTrip: () => fetch(`${world().url}/healthz`).then((response) => response.text()),

    /** Stops what the last test has opened. */
    stop() {
      for (const auth of running.splice(0)) auth.stop();
    },
  };
}
