import type { AccountChanges, Credentials, LoginName } from '../ports/account.js';
import { Failure } from '../ports/failure.js';
import { secret } from '../ports/secret.js';

/** A name and a password, as an app has them from its form: one name of the three. */
export interface PasswordLogin {
  username?: string;
  email?: string;
  phone?: string;
  password: string;
}

/** What of an account is to be changed; what is left out stays. */
export interface AccountForm {
  username?: string;
  email?: string;
  phone?: string;
  password?: string;
  /** Needed where there is a password already. */
  currentPassword?: string;
}

const NAMES: readonly LoginName[] = ['username', 'email', 'phone'];

/** @throws Failure `invalid-request` where not exactly one name is given, or no password */
export function credentialsFrom(login: PasswordLogin): Credentials {
  const [by, ...others] = NAMES.filter((name) => login[name]);
  const name = by && login[by];
  if (!by || !name || others.length > 0 || !login.password) {
    throw new Failure('invalid-request', {
      message: 'One name (username, email or phone) and a password are needed.',
    });
  }
  return { by, name: secret(name), password: secret(login.password) };
}

/** @throws Failure `invalid-request` where nothing is to be changed */
export function changesFrom({ username, email, phone, password, currentPassword }: AccountForm): AccountChanges {
  const changes: AccountChanges = {
    ...(username && { username }),
    ...(email && { email }),
    ...(phone && { phone: secret(phone) }),
    ...(password && { password: secret(password) }),
  };
  if (Object.keys(changes).length === 0)
    throw new Failure('invalid-request', { message: 'There is nothing to change.' });
  return { ...changes, ...(currentPassword && { currentPassword: secret(currentPassword) }) };
}
