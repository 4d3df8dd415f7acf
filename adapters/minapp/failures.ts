import { Failure, type FailureKind, toFailure } from '../../ports/failure.js';
import { fieldsOf } from '../server/fields.js';

/** What a code of the SDK means to one call, where it means more than elsewhere; some have to be told by the text. */
export type Kinds = Readonly<Record<number, FailureKind | ((text: string) => FailureKind)>>;

const common: Readonly<Record<number, FailureKind>> = {
  401: 'token-rejected',
  404: 'unregistered',
  429: 'rate-limited',
  503: 'busy',
  600: 'offline',
  601: 'timeout',
  602: 'misconfigured',
  603: 'denied',
  604: 'token-rejected',
  605: 'misconfigured',
  611: 'unsupported',
  612: 'anonymous-user',
  616: 'profile-updates-off',
};

/** An error of the SDK, which has a number and a text. Its 400 says that something was refused, and not what. */
export function readError(error: unknown, kinds: Kinds = {}): Failure {
  const { code, message } = partsOf(error);
  if (typeof code !== 'number') return toFailure(error);
  const text = typeof message === 'string' ? message : '';
  const meant = kinds[code] ?? common[code] ?? (code >= 500 && code < 600 ? 'unavailable' : 'invalid-request');
  return new Failure(typeof meant === 'function' ? meant(text) : meant, { raw: { code, message }, message: text });
}

/** A 400 to a password and something else: only the text may tell that it is for the password. */
export function unlessPassword(kind: FailureKind): (text: string) => FailureKind {
  return (text) => {
    if (WEAK_PASSWORD.test(text)) return 'password-too-weak';
    return PASSWORD.test(text) ? 'password-wrong' : kind;
  };
}

const PASSWORD = /password|密码/i;
const WEAK_PASSWORD = /password.*(short|long|weak|length|letters|characters)|密码.*(短|长|弱|位)/i;

/** Whether the SDK says so of a call, or throws, before it sends anything. */
export function isBeforeSending(error: unknown): boolean {
  const { code } = partsOf(error);
  return typeof code !== 'number' || BEFORE_SENDING.includes(code);
}

const BEFORE_SENDING = [605, 611, 612];

function partsOf(error: unknown) {
  return fieldsOf(error instanceof Error ? { ...error, message: error.message } : error);
}
