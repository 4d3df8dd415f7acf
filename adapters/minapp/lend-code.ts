import { Failure } from '../../ports/failure.js';
import type { Secret } from '../../ports/secret.js';
import { isBeforeSending } from './failures.js';
import type { HostLogin, MinappSdk } from './sdk.js';

/**
 * Lets the SDK find this code where it would call the host's login, as long as `work` lasts.
 *
 * So the owner of the login codes stays the only one who logs in (G-03, G-05), and a login that never calls back is its
 * own matter (W-02). Whoever asks for a second code gets a failure: a code is used once (G-01).
 *
 * @throws Failure `busy` where the SDK did not take it: it has joined a login of the app's own, whatever that came to
 */
export function lendCode<T>(
  { _polyfill }: Pick<MinappSdk, '_polyfill'>,
  code: Secret,
  work: () => PromiseLike<T>,
): Promise<T> {
  const { wxLogin } = _polyfill;
  let isTaken = false;
  const giveBack = () => {
    _polyfill.wxLogin = wxLogin;
  };
  const joined = () => new Failure('busy', { message: 'The app was logging in by the SDK itself.' });
  _polyfill.wxLogin = ({ success, fail }: HostLogin) => {
    if (isTaken) return fail({ errMsg: 'login:fail the code was taken' });
    isTaken = true;
    success({ code: code.reveal() });
  };
  return Promise.resolve()
    .then(work)
    .then(
      (value) => {
        giveBack();
        if (!isTaken) throw joined();
        return value;
      },
      (error: unknown) => {
        giveBack();
        throw isTaken || isBeforeSending(error) ? error : joined();
      },
    );
}
