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
  const { password, ...names } = textsOf(login, ['password', ...NAMES]);
  const [by, ...others] = NAMES.filter((name) => names[name]);
  const name = by && names[by];
  if (!by || !name || others.length > 0 || !password) {
    throw new Failure('invalid-request', {
      message: 'One name (username, email or phone) and a password are needed.',
    });
  }
  return { by, name: secret(name), password: secret(password) };
}

/** @throws Failure `invalid-request` where nothing is to be changed */
export function changesFrom(form: AccountForm): AccountChanges {
  const { username, email, phone, password, currentPassword } = textsOf(form, [
    'password',
    'currentPassword',
    ...NAMES,
  ]);
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

/** Apps without types pass what their forms hold: it is judged here, before a number is taken for a text. */
function textsOf<Name extends string>(form: unknown, names: readonly Name[]): Partial<Record<Name, string>> {
  if (typeof form !== 'object' || form === null) {
    throw new Failure('invalid-request', { message: 'What the form holds is missing.' });
  }
  const texts: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value: unknown = Reflect.get(form, name);
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw new Failure('invalid-request', { message: `${name} has to be a text.` });
    texts[name] = value;
  }
  return texts;
}
