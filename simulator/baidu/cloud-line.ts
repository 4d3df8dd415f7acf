import { HostFailure } from '../host/host-failure.js';
import type { Network } from '../host/network.js';
import { type BaiduAccount, type BaiduCloud, BaiduRefusal } from './cloud-port.js';

/** A device's line to Baidu's cloud. */
export interface BaiduLine {
  /** @throws HostFailure where the cloud refuses, or is out of reach: 10002 (B-04) */
  ask<T>(question: (cloud: BaiduCloud, account: BaiduAccount) => Promise<T>): Promise<T>;
}

export function createBaiduLine(cloud: BaiduCloud, account: BaiduAccount, network: Network): BaiduLine {
  const unreachable = () => new HostFailure('network request failed', { errCode: 10002 });
  return {
    async ask(question) {
      if (!network.online) throw unreachable();
      try {
        return await question(cloud, account);
      } catch (error) {
        if (!(error instanceof BaiduRefusal)) throw unreachable();
        throw new HostFailure(error.message, { errCode: error.errCode });
      }
    },
  };
}
