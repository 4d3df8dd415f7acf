import type { AuthContext } from 'better-auth';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import type { Host, TokenShelf } from '../hosts/host.js';
import { sharedState } from './state-beside.js';

/** Where the processes of a server share the app's token of one host, encrypted as session keys are (S-06). */
export function tokenShelf({ adapter, secretConfig }: AuthContext, host: Host): TokenShelf {
  const state = sharedState(adapter);
  const key = `token ${host.name} ${host.appId}`;
  return {
    async read() {
      const kept = await state.read(key);
      if (!kept) return undefined;
      // One that a process with another secret wrote is as good as none.
      const token = await symmetricDecrypt({ key: secretConfig, data: kept.value }).catch(() => undefined);
      return token === undefined ? undefined : { token, endsAt: kept.endsAt };
    },
    lease: (lasts) => state.lease(key, lasts),
    put: async ({ token, endsAt }, lease) =>
      state.write(key, { value: await symmetricEncrypt({ key: secretConfig, data: token }), endsAt }, lease),
    giveUp: (lease) => state.giveUp(key, lease),
  };
}
