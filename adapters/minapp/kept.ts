import { textOrNull } from '../server/fields.js';
import type { MinappSdk } from './sdk.js';

const TOKEN = 'auth_token';
const EXPIRES_AT = 'session_expires_at';
const UID = 'uid';
const OPENID = 'openid';
const OTHERS = ['unionid', 'userinfo', 'is_logined_baas', 'is_anonymous_user'];
/** The token that was kept when denglu last had a hand in it. It lies beside the SDK's own, and outlives the app's end. */
const KNOWN = 'denglu_known_token';

/** The session that the SDK keeps, and that the rest of the app uses. */
export function keptSession({ storage }: Pick<MinappSdk, 'storage'>) {
  const token = () => textOrNull(storage.get(TOKEN));

  return {
    token,

    /** When the token ends, in milliseconds since the epoch; the SDK keeps seconds. */
    expiresAt: (): number => Number(storage.get(EXPIRES_AT)) * 1000,

    isOf: (userId: string): boolean => String(storage.get(UID)) === userId,

    /** Whether the host account was not told with the session: then no login of the host's can renew it. */
    isApart: (): boolean => textOrNull(storage.get(OPENID)) === null,

    /** Whether the app has signed in or out by the SDK itself: somebody else is kept, or nobody any more. */
    isByApp: (): boolean => token() !== textOrNull(storage.get(KNOWN)),

    /** What is kept now is denglu's doing, or has been taken over. */
    claim: () => storage.set(KNOWN, token() ?? ''),

    /** Lets the SDK ask its server, where it would else be content with what it keeps. */
    distrust: () => storage.set(EXPIRES_AT, 0),

    /** Answers how to put everything back. */
    remember(): () => void {
      const before = [TOKEN, EXPIRES_AT, UID, OPENID, KNOWN, ...OTHERS].map((key) => [key, storage.get(key)] as const);
      return () => {
        for (const [key, value] of before) storage.set(key, value);
      };
    },
  };
}

export type KeptSession = ReturnType<typeof keptSession>;
