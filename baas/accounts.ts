import { changesFrom, credentialsFrom } from '../machines/credentials.js';
import type { Session } from '../ports/backend.js';
import { Failure } from '../ports/failure.js';
import { secret } from '../ports/secret.js';
import { fieldOf, flagIn, needText } from './arguments.js';
import { asUser, type BaasContext, changed, stillOf } from './context.js';
import type { AccountOptions, BaasUser, PasswordOptions } from './types.js';

/** Such a session stands apart from the host's own: only the server can end it (G-06). */
const apart = { byHost: false, withUnionId: false };

function lacking(what: string): Failure {
  return new Failure('unsupported', { message: `This backend has no ${what}.` });
}

/** Sign-ins by what a person knows, or by nothing. */
export function accountSignIns({ calls, turns, bindings }: BaasContext) {
  const { backend, timing } = bindings;
  const limits = { limit: timing.password };

  const byPassword = (what: 'passwordSignIn' | 'register') => (options: PasswordOptions) => {
    const credentials = credentialsFrom(options);
    const { by, name, password } = credentials;
    const key = JSON.stringify([what, by, name.reveal(), password.reveal()]);
    return turns.take(key, () => calls.signIn(() => backend[what](credentials), apart, limits));
  };

  return {
    login: byPassword('passwordSignIn'),
    register: byPassword('register'),

    anonymously(): Promise<Session> {
      const { anonymousSignIn } = backend;
      if (!anonymousSignIn) throw lacking('anonymous users');
      return turns.take('anonymous', () => {
        return calls.signIn(() => anonymousSignIn(), apart, limits);
      });
    },

    bySms(phone: unknown, code: unknown, options: unknown): Promise<Session> {
      const { smsSignIn } = backend;
      if (!smsSignIn) throw lacking('sign-in by SMS');
      const [number, smsCode] = [needText(phone, 'phone'), needText(code, 'code')];
      const createUser = flagIn(options, 'createUser', true);
      const input = { phone: secret(number), smsCode: secret(smsCode), createUser };
      return turns.take(JSON.stringify(['sms', number, smsCode, createUser]), () =>
        calls.signIn(() => smsSignIn(input), apart, limits),
      );
    },

    async requestPasswordReset(options: unknown): Promise<void> {
      const { requestPasswordReset } = backend;
      if (!requestPasswordReset) throw lacking('password reset');
      const email = needText(fieldOf(options, 'email'), 'email');
      await calls.plain(() => requestPasswordReset(email), limits);
    },
  };
}

/** Names and password of whoever is signed in. */
export async function setAccount(context: BaasContext, userId: string, account: AccountOptions): Promise<BaasUser> {
  const { bindings, need } = context;
  const { backend, timing, tellCodes } = bindings;
  need(userId);
  const { password, newPassword, ...names } = account;
  const changes = changesFrom(
    newPassword === undefined
      ? { ...names, ...(password !== undefined && { password }) }
      : { ...names, password: newPassword, ...(password !== undefined && { currentPassword: password }) },
  );
  // Who submits a form has left whatever sheet was open, and a renewal may need its key (G-15).
  tellCodes({ type: 'SHEETS.LEFT', lease: null });
  const asked = asUser(
    context,
    (token) => {
      stillOf(context, userId);
      return backend.setAccount(token, changes);
    },
    timing.setAccount,
  );
  return changed(context, await asked);
}
