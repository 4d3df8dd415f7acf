import type { PasswordLogin } from '../../machines/credentials.js';
import type { LoginName } from '../../ports/account.js';

const NAMES: readonly string[] = ['username', 'email', 'phone'] satisfies readonly LoginName[];

/** What the page asks for, of its property; `''` where any of the three will do. */
export function loginNameFrom(by: string): LoginName | '' {
  return isLoginName(by) ? by : '';
}

/**
 * What the person typed, as a flow takes it.
 *
 * @param typed what the form holds
 * @param by what the page asked for; `''`: told by its shape, where a name of digits is a phone number
 * @returns `null` where something is missing
 */
export function loginFrom(typed: unknown, by: LoginName | ''): PasswordLogin | null {
  const name = textOf(typed, 'name').trim();
  const password = textOf(typed, 'password');
  if (!name || !password) return null;
  const kind = by || kindOf(name);
  return { [kind]: kind === 'phone' ? name.replace(/[\s-]/g, '') : name, password };
}

function kindOf(name: string): LoginName {
  if (name.includes('@')) return 'email';
  return /^\+?[\d\s-]{6,}$/.test(name) ? 'phone' : 'username';
}

function textOf(typed: unknown, field: string): string {
  const value: unknown = typeof typed === 'object' && typed !== null ? Reflect.get(typed, field) : undefined;
  return typeof value === 'string' ? value : '';
}

function isLoginName(by: string): by is LoginName {
  return NAMES.includes(by);
}
