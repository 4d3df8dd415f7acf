import type { People, Person } from '../people.js';
import { type Random, randomText } from '../random.js';
import { type BaiduAccount, BaiduRefusal } from './cloud-port.js';

export interface BaiduApp {
  readonly appKey: string;
  readonly appSecret: string;
}

/** What Baidu keeps of one person in one app. */
export interface BaiduAccountRecord extends BaiduAccount {
  readonly openid: string;
  readonly person: Person;
  /** The one valid session key; none before the first login and after it expired. */
  sessionKey: string | undefined;
}

export interface BaiduAccounts {
  addApp(app: BaiduApp): BaiduApp;
  app(appKey: string): BaiduApp | undefined;
  /** @throws BaiduRefusal 10001 for an unknown app or person */
  open(account: BaiduAccount): BaiduAccountRecord;
}

export function createBaiduAccounts(people: People, random: Random): BaiduAccounts {
  const apps = new Map<string, BaiduApp>();
  const records = new Map<string, BaiduAccountRecord>();
  return {
    addApp(app) {
      apps.set(app.appKey, app);
      return app;
    },
    app: (appKey) => apps.get(appKey),
    open({ appKey, personId }) {
      const person = people.find(personId);
      if (!apps.has(appKey) || !person) throw new BaiduRefusal(10001, 'internal error');
      const key = JSON.stringify([appKey, personId]);
      const known = records.get(key);
      if (known) return known;
      const openid = randomText(random, 27, '-_');
      const record: BaiduAccountRecord = { appKey, personId, person, openid, sessionKey: undefined };
      records.set(key, record);
      return record;
    },
  };
}
