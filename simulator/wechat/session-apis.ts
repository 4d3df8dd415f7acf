import type { Callbacks, Caller } from '../host/caller.js';
import { HostFailure } from '../host/host-failure.js';
import type { CloudLine } from './cloud-line.js';
import type { HostCallName } from './host-object.js';

/** `wx.login` and `wx.checkSession` (W-01, W-05). */
export function createSessionApis(line: CloudLine, caller: Caller<HostCallName>) {
  return {
    login(option: Callbacks & { timeout?: number } = {}) {
      caller.call({
        api: 'login',
        callbacks: option,
        timeout: option.timeout,
        work: async () => ({ code: await line.ask((cloud, account) => cloud.issueCode(account)) }),
      });
    },

    checkSession(option: Callbacks = {}) {
      caller.call({
        api: 'checkSession',
        callbacks: option,
        async work() {
          if (await line.ask((cloud, account) => cloud.checkSession(account))) return {};
          throw new HostFailure('session time out, need relogin');
        },
      });
    },
  };
}
