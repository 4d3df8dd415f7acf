import { Failure } from '../../ports/failure.js';
import { fieldsOf } from '../server/fields.js';
import { tokenOf } from './answers.js';
import { isBeforeSending } from './failures.js';
import type { MinappSdk } from './sdk.js';

export interface OwnCall {
  /** Tells what this call sends from what anybody else's does, by the data. */
  isOwn: (data: Readonly<Record<string, unknown>>) => boolean;
  /** Whether a session may still come of it, asked when it comes and the SDK has not seen it yet. */
  isWelcome?: () => boolean;
  /** Hears the token that comes of it. */
  onToken?: (token: string) => void;
}

/**
 * Makes a call that the SDK shares by its name, and takes no answer but its own.
 *
 * @throws Failure `busy` where the SDK has joined a call of the app's own, whatever that came to; `account-changed` where
 * its session is not welcome any more
 */
export type CallAlone = <T>(own: OwnCall, call: () => PromiseLike<T>) => Promise<T>;

/**
 * One call at a time, and each is known by what it sends.
 *
 * @param end ends the session of a token
 */
export function callingAlone(sdk: Pick<MinappSdk, 'request'>, end: (token: string) => void): CallAlone {
  const { request } = sdk;
  let current: (OwnCall & { isSent: boolean }) | null = null;

  sdk.request = Object.assign(
    (sent: Parameters<typeof request>[0]) => {
      const own = current?.isOwn(fieldsOf(sent.data)) ? current : null;
      if (!own) return request(sent);
      own.isSent = true;
      return request(sent).then((answer) => {
        const token = tokenOf(answer);
        if (token === null) return answer;
        if (own.isWelcome?.() === false) {
          end(token);
          throw new Failure('account-changed', { message: 'The app has signed in or out by the SDK meanwhile.' });
        }
        own.onToken?.(token);
        return answer;
      });
    },
    { wxRequestFail: request.wxRequestFail },
  );

  return (own, call) => {
    const made = { ...own, isSent: false };
    current = made;
    const joined = () => new Failure('busy', { message: 'The app was making the same call of the SDK itself.' });
    return Promise.resolve()
      .then(call)
      .then(
        (value) => {
          current = null;
          if (!made.isSent) throw joined();
          return value;
        },
        (error: unknown) => {
          current = null;
          throw made.isSent || isBeforeSending(error) ? error : joined();
        },
      );
  };
}
