import { textOrNull } from '../server/fields.js';
import type { MinappSdk } from './sdk.js';

const TOKEN = 'auth_token';
const EXPIRES_AT = 'session_expires_at';
const OTHERS = ['uid', 'openid', 'unionid', 'userinfo', 'is_logined_baas', 'is_anonymous_user'];

/** The session that the SDK keeps, and that the rest of the app uses. */
export function keptSession({ storage }: Pick<MinappSdk, 'storage'>) {
  return {
    token: (): string | null => textOrNull(storage.get(TOKEN)),

    /** When the token ends, in milliseconds since the epoch; the SDK keeps seconds. */
    expiresAt: (): number => Number(storage.get(EXPIRES_AT)) * 1000,

    /** Lets the SDK ask its server, where it would else be content with what it keeps. */
    distrust: () => storage.set(EXPIRES_AT, 0),

    /** Answers how to put everything back. */
    remember(): () => void {
      const before = [TOKEN, EXPIRES_AT, ...OTHERS].map((key) => [key, storage.get(key)] as const);
      return () => {
        for (const [key, value] of before) storage.set(key, value);
      };
    },
  };
}
