import type { Clock } from '../../ports/clock.js';
import { field } from '../json.js';
import { type Random, randomText } from '../random.js';
import type { Accounts } from './accounts.js';
import { Refusal } from './cloud-port.js';

/** Two hours; in the last five minutes a new one is given, while the old one still works (S-03). */
const LIFETIME = 2 * 60 * 60_000;
const OVERLAP = 5 * 60_000;

interface Token {
  readonly token: string;
  readonly appId: string;
  readonly expiresAt: number;
}

/** The access tokens of the open API. */
export interface AccessTokens {
  /**
   * stable_token: the same token for all who ask, until it is about to end.
   *
   * @throws Refusal 40002, 40013 or 40125, and 41002 or 41004 where a parameter is missing
   */
  grant(body: unknown): { readonly access_token: string; readonly expires_in: number };
  /**
   * The app whose token this is.
   *
   * @throws Refusal 41001 without a token, 42001 for one that has expired, 40001 for any other
   */
  check(query: URLSearchParams): string;
}

export function createAccessTokens(clock: Clock, random: Random, accounts: Accounts): AccessTokens {
  const tokens = new Map<string, Token>();
  const current = new Map<string, Token>();

  const renew = (appId: string) => {
    const token = { token: randomText(random, 128, '-_'), appId, expiresAt: clock.now() + LIFETIME };
    tokens.set(token.token, token);
    current.set(appId, token);
    return token;
  };

  return {
    grant(body) {
      if (field(body, 'grant_type') !== 'client_credential') throw new Refusal(40002, 'invalid grant_type');
      const app = accounts.app(required(body, 'appid', 41002));
      if (!app) throw new Refusal(40013, 'invalid appid');
      if (required(body, 'secret', 41004) !== app.appSecret) throw new Refusal(40125, 'invalid appsecret');

      const known = current.get(app.appId);
      const isForced = field(body, 'force_refresh') === true;
      if (known && isForced) tokens.delete(known.token);
      const isFresh = known && !isForced && known.expiresAt - clock.now() > OVERLAP;
      const { token, expiresAt } = isFresh ? known : renew(app.appId);
      return { access_token: token, expires_in: Math.floor((expiresAt - clock.now()) / 1000) };
    },
    check(query) {
      const value = query.get('access_token');
      if (!value) throw new Refusal(41001, 'access_token missing');
      const token = tokens.get(value);
      if (!token) throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest');
      if (clock.now() >= token.expiresAt) throw new Refusal(42001, 'access_token expired');
      return token.appId;
    },
  };
}

function required(body: unknown, name: string, errcode: number): string {
  const value = field(body, name);
  if (typeof value !== 'string' || value === '') throw new Refusal(errcode, `${name} missing`);
  return value;
}
