import { HostFailure } from '../host/host-failure.js';
import type { Network } from '../host/network.js';
import { AbilityRefusal, type Account, Refusal, type WechatCloud } from './cloud-port.js';

/** A device's line to WeChat's cloud. */
export interface CloudLine {
  /** @throws HostFailure where the cloud refuses, or is out of reach */
  ask<T>(question: (cloud: WechatCloud, account: Account) => Promise<T>): Promise<T>;
}

export function createCloudLine(cloud: WechatCloud, account: Account, network: Network): CloudLine {
  return {
    async ask(question) {
      network.require();
      try {
        return await question(cloud, account);
      } catch (error) {
        if (error instanceof Refusal) throw new HostFailure(error.message, { errcode: error.errcode });
        if (error instanceof AbilityRefusal) {
          throw new HostFailure(error.message, error.errno === undefined ? {} : { errno: error.errno });
        }
        throw network.unreachable();
      }
    },
  };
}
