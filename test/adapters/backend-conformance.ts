import { afterAll, beforeAll, describe } from 'vitest';
import { describeAccounts } from './backend/account-rules.js';
import { describeBaidu } from './backend/baidu-rules.js';
import { type BackendHost, type Bench, type StartBehind, startBench } from './backend/bench.js';
import { describeLinks } from './backend/link-rules.js';
import { describePhones } from './backend/phone-rules.js';
import { describeProfiles } from './backend/profile-rules.js';
import { describeWechatAccounts } from './backend/wechat-account-rules.js';
import { describeWechatPhones } from './backend/wechat-phone-rules.js';
import { describeWechatProfiles } from './backend/wechat-profile-rules.js';

type Rules = (bench: () => Bench) => void;

/** What holds on one host alone. What the host has not, is said there. */
const ownRules: Readonly<Record<BackendHost, readonly Rules[]>> = {
  wechat: [describeWechatPhones, describeWechatProfiles, describeWechatAccounts],
  baidu: [describeBaidu],
};

/**
 * What the server adapter promises of a backend, asked of one that is really there. What stands in for the real server
 * has to pass it as the real server does: so neither moves away from the other.
 *
 * @param host the one whose accounts sign in
 */
export function describeBackend(name: string, startBehind: StartBehind, host: BackendHost): void {
  describe(`${name}, on ${host}`, () => {
    let bench: Bench | undefined;
    const started = () => {
      if (!bench) throw new Error('nothing has been started yet');
      return bench;
    };
    beforeAll(async () => {
      bench = await startBench(startBehind, host);
    });
    afterAll(() => bench?.stop());

    for (const rules of [describePhones, describeProfiles, describeLinks, describeAccounts, ...ownRules[host]]) {
      rules(started);
    }
  });
}
