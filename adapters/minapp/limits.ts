import type { Clock } from '../../ports/clock.js';
import { tokenOf } from './answers.js';
import type { MinappSdk } from './sdk.js';

export interface Limits {
  clock: Clock;
  /** How long the SDK may wait for anything, in milliseconds. */
  limit: number;
  /** Ends the session of a token that came when the SDK did not wait for it any more. */
  end: (token: string) => void;
}

/** What signs in, or is about the user. What else an app sends may take as long as it likes. */
const ABOUT_USERS = /\/hserve\/v[\d.]+\/(idp|login|register|session|user)\//;

/**
 * Gives an end to everything that the SDK's auth calls wait for: a request, the host's login, the store. One that the
 * host never answers is to the SDK what it calls 601 (G-09).
 *
 * The SDK shares a call in flight by its name, so a call that never ended would be joined by every later one, and none of
 * them would be sent. This holds for the app's own calls too, since denglu's may join them.
 */
export function limitWaits(sdk: Pick<MinappSdk, 'request' | '_polyfill'>, { clock, limit, end }: Limits): void {
  const { request, _polyfill } = sdk;
  const { wxLogin, getStorageAsync, setStorageAsync } = _polyfill;

  function within<T>(wait: () => PromiseLike<T>, takeLate: (value: T) => void = () => {}): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const timer = clock.setTimeout(() => {
        isOver = true;
        reject(Object.assign(new Error('request timeout'), { code: 601 }));
      }, limit);
      Promise.resolve()
        .then(wait)
        .then(
          (value) => {
            if (isOver) return takeLate(value);
            clock.clearTimeout(timer);
            resolve(value);
          },
          (error: unknown) => {
            clock.clearTimeout(timer);
            reject(error);
          },
        );
    });
  }

  sdk.request = Object.assign(
    (sent: Parameters<typeof request>[0]) =>
      ABOUT_USERS.test(sent.url)
        ? within(
            () => request(sent),
            (answer) => {
              const token = tokenOf(answer);
              if (token !== null) end(token);
            },
          )
        : request(sent),
    {
      wxRequestFail: (reject: (error: unknown) => void) => {
        within<never>(() => new Promise((_, tell) => request.wxRequestFail(tell))).then(undefined, reject);
      },
    },
  );
  _polyfill.wxLogin = ({ success, fail }) => {
    within<{ code: string }>(() => new Promise((resolve, reject) => wxLogin({ success: resolve, fail: reject }))).then(
      success,
      fail,
    );
  };
  _polyfill.getStorageAsync = (key) => within(() => getStorageAsync(key));
  _polyfill.setStorageAsync = (key, value) => within(() => setStorageAsync(key, value));
}
