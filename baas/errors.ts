import { Failure, type FailureKind, toFailure } from '../ports/failure.js';
import type { BaasError, BaasIdentity } from './types.js';

/** What each reason is called by its documented number, wherever it came from. */
const codes: Readonly<Record<FailureKind, number>> = {
  offline: 600,
  timeout: 601,
  // A person's no, and what the host says instead of asking one: the documented calls know one number for all of them.
  denied: 603,
  'privacy-refused': 603,
  'privacy-undeclared': 603,
  'quota-exhausted': 603,
  'not-permitted': 603,
  'needs-verification': 603,
  'host-signed-out': 603,
  // Withdrawn by a sign-out: nobody is signed in.
  cancelled: 604,
  unsupported: 611,
  'anonymous-user': 612,
  'profile-updates-off': 616,
  unregistered: 404,
  'token-rejected': 401,
  'account-changed': 401,
  'rate-limited': 429,
  busy: 503,
  unavailable: 500,
  'key-stale': 400,
  'code-rejected': 400,
  'account-conflict': 400,
  'phone-already-set': 400,
  'phone-taken': 400,
  'name-taken': 400,
  'linked-elsewhere': 400,
  'link-occupied': 400,
  'password-wrong': 400,
  'password-too-weak': 400,
  'avatar-refused': 400,
  'account-blocked': 400,
  'invalid-request': 400,
  misconfigured: 400,
  unknown: 400,
};

/** The same where no server said so: then the caller gave something wrong. */
const codesOfCaller: Partial<Record<FailureKind, number>> = {
  'invalid-request': 605,
  misconfigured: 605,
};

const messages: Readonly<Record<number, string>> = {
  603: 'unauthorized',
  404: 'not found',
};

/** Something that the caller gave is not what the call takes. */
export function wrongParameter(message: string): Failure {
  return new Failure('invalid-request', { message });
}

/**
 * A failure as the documentation has it: a plain Error with `code` and `message`, and the reason beside it.
 *
 * @param failure why it did not happen
 * @param identity who is signed in, asked only for a refusal, which carries it
 */
export function toBaasError(failure: Failure, identity: () => BaasIdentity | null): BaasError {
  const { kind, message, retryAfter, raw } = failure;
  const code = (raw?.status === undefined && codesOfCaller[kind]) || codes[kind];
  return baasError(code, messages[code] ?? message, {
    failure: kind,
    ...(code === 603 && identity()),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(raw && { raw }),
  });
}

/** Nothing was called before `init`. */
export const notInitialised = () => baasError(602, 'call init first', { failure: 'misconfigured' });

/** Nobody is signed in, or somebody else than whose record it is. */
export const notSignedIn = () => baasError(604, 'nobody is signed in', { failure: 'token-rejected' });

/** A person's no, whatever word the host has for it; without the kinds that are no refusal. */
export function refusal(error: unknown, identity: () => BaasIdentity | null): BaasError {
  const failure = toFailure(error);
  // Withdrawn by the person, here, and not by a sign-out.
  if (failure.kind === 'cancelled') return baasError(603, 'unauthorized', { failure: 'cancelled', ...identity() });
  if (failure.kind === 'unknown') return toBaasError(wrongParameter(failure.message), identity);
  return toBaasError(failure, identity);
}

export function isBaasError(error: unknown): error is BaasError {
  return error instanceof Error && error.name === 'Error' && 'code' in error && 'failure' in error;
}

type Details = Omit<BaasError, 'name' | 'message' | 'code' | 'stack' | 'cause'>;

function baasError(code: number, message: string, details: Details): BaasError {
  return Object.assign(new Error(message), { code, ...details });
}
