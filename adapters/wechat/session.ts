import type { Platform } from '../../ports/platform.js';
import { type Secret, secret } from '../../ports/secret.js';
import { textIn } from '../host/fields.js';
import { ask } from './calls.js';
import type { WechatHost } from './host.js';

/** The host's login, and what became of it. */
export function sessionMembers(host: WechatHost): Pick<Platform, 'login' | 'checkSession'> {
  return {
    login: () =>
      ask<Secret>((answer, fail) =>
        host.login({
          success(result) {
            const code = textIn(result, 'code');
            if (code) answer(secret(code));
            else fail({ errMsg: 'login:ok without a code' });
          },
          fail,
        }),
      ),

    checkSession: () =>
      ask<boolean>((answer) => host.checkSession({ success: () => answer(true), fail: () => answer(false) })),
  };
}
