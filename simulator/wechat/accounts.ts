import type { People } from '../people.js';
import { type Random, randomText } from '../random.js';
import { type Account, Refusal } from './cloud-port.js';

export interface WechatApp {
  readonly appId: string;
  readonly appSecret: string;
  /** The open-platform account that the app belongs to; only such an app is told unionids. */
  readonly openPlatform?: string;
}

/** What WeChat keeps of one person in one app. */
export interface AccountRecord extends Account {
  readonly openid: string;
  readonly unionid: string | undefined;
  /** The one valid session key (W-04); none before the first login and after it expired. */
  sessionKey: string | undefined;
}

export interface Accounts {
  addApp(app: WechatApp): WechatApp;
  app(appId: string): WechatApp | undefined;
  /** @throws Refusal 40013 for an unknown app, 40003 for an unknown person */
  open(account: Account): AccountRecord;
  /** @throws Refusal 40003 where nobody of that openid has used the app */
  find(appId: string, openid: string): AccountRecord;
}

export function createAccounts(people: People, random: Random): Accounts {
  const apps = new Map<string, WechatApp>();
  const records = new Map<string, AccountRecord>();
  const unionids = new Map<string, string>();

  const unionidOf = (app: WechatApp, personId: string) => {
    if (app.openPlatform === undefined) return undefined;
    const key = JSON.stringify([app.openPlatform, personId]);
    const unionid = unionids.get(key) ?? plausibleId(random);
    unionids.set(key, unionid);
    return unionid;
  };

  return {
    addApp(app) {
      apps.set(app.appId, app);
      return app;
    },
    app: (appId) => apps.get(appId),
    open({ appId, personId }) {
      const app = apps.get(appId);
      if (!app) throw new Refusal(40013, 'invalid appid');
      if (!people.find(personId)) throw new Refusal(40003, 'unknown person');
      const key = accountKey({ appId, personId });
      const known = records.get(key);
      if (known) return known;
      const record: AccountRecord = {
        appId,
        personId,
        openid: plausibleId(random),
        unionid: unionidOf(app, personId),
        sessionKey: undefined,
      };
      records.set(key, record);
      return record;
    },
    find(appId, openid) {
      for (const record of records.values()) if (record.appId === appId && record.openid === openid) return record;
      throw new Refusal(40003, 'invalid openid');
    },
  };
}

/** One text for one account, whatever its ids contain. */
export function accountKey({ appId, personId }: Account): string {
  return JSON.stringify([appId, personId]);
}

/** Both openid and unionid are 28 characters that begin with an o. */
function plausibleId(random: Random): string {
  return `o${randomText(random, 27, '-_')}`;
}
