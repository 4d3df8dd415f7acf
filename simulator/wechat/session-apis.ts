import type { Callbacks, Caller } from './caller.js';
import { type Account, Refusal, type WechatCloud } from './cloud-port.js';
import { HostFailure } from './host-failure.js';
import type { Network } from './network.js';

interface Parts {
  cloud: WechatCloud;
  account: Account;
  network: Network;
  caller: Caller;
}

/** `wx.login` and `wx.checkSession` (W-01, W-05). */
export function createSessionApis({ cloud, account, network, caller }: Parts) {
  const ask = async <T>(question: (account: Account) => Promise<T>): Promise<T> => {
    network.require();
    try {
      return await question(account);
    } catch (error) {
      if (error instanceof Refusal) throw new HostFailure(error.message, { errcode: error.errcode });
      throw network.unreachable();
    }
  };

  return {
    login(option: Callbacks & { timeout?: number } = {}) {
      caller.call({
        api: 'login',
        callbacks: option,
        timeout: option.timeout,
        work: async () => ({ code: await ask(cloud.issueCode) }),
      });
    },

    checkSession(option: Callbacks = {}) {
      caller.call({
        api: 'checkSession',
        callbacks: option,
        async work() {
          if (await ask(cloud.checkSession)) return {};
          throw new HostFailure('session time out, need relogin');
        },
      });
    },
  };
}
