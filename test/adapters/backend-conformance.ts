import { afterAll, beforeAll, describe } from 'vitest';
import { describeAccounts } from './backend/account-rules.js';
import { type Bench, type StartBehind, startBench } from './backend/bench.js';
import { describeLinks } from './backend/link-rules.js';
import { describePhones } from './backend/phone-rules.js';
import { describeProfiles } from './backend/profile-rules.js';

/**
 * What the server adapter promises of a backend, asked of one that is really there. What stands in for the real server
 * has to pass it as the real server does: so neither moves away from the other.
 */
export function describeBackend(name: string, startBehind: StartBehind): void {
  describe(name, () => {
    let bench: Bench | undefined;
    const started = () => {
      if (!bench) throw new Error('nothing has been started yet');
      return bench;
    };
    beforeAll(async () => {
      bench = await startBench(startBehind);
    });
    afterAll(() => bench?.stop());

    describePhones(started);
    describeProfiles(started);
    describeLinks(started);
    describeAccounts(started);
  });
}
