import { Failure, type FailureKind, toFailure } from '../../ports/failure.js';
import { fieldsOf } from '../server/fields.js';

/** What a code of the SDK means to one call, where it means more than elsewhere. */
export type Kinds = Readonly<Record<number, FailureKind>>;

const common: Kinds = {
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
  const { code, message } = fieldsOf(error instanceof Error ? { ...error, message: error.message } : error);
  if (typeof code !== 'number') return toFailure(error);
  const kind = kinds[code] ?? common[code] ?? (code >= 500 && code < 600 ? 'unavailable' : 'invalid-request');
  return new Failure(kind, { raw: { code, message }, ...(typeof message === 'string' && { message }) });
}
