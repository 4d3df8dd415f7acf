import { Failure, type FailureKind } from '../ports/failure.js';

/** The compiler sees that none is missing. */
const kinds: Record<FailureKind, true> = {
  offline: true,
  timeout: true,
  busy: true,
  'rate-limited': true,
  cancelled: true,
  denied: true,
  'privacy-refused': true,
  'privacy-undeclared': true,
  'quota-exhausted': true,
  'not-permitted': true,
  'needs-verification': true,
  'host-signed-out': true,
  'key-stale': true,
  'code-rejected': true,
  'token-rejected': true,
  unregistered: true,
  'account-changed': true,
  'account-conflict': true,
  'phone-already-set': true,
  'phone-taken': true,
  'name-taken': true,
  'linked-elsewhere': true,
  'link-occupied': true,
  'anonymous-user': true,
  'password-wrong': true,
  'password-too-weak': true,
  'profile-updates-off': true,
  'avatar-refused': true,
  'account-blocked': true,
  unsupported: true,
  misconfigured: true,
  'invalid-request': true,
  unavailable: true,
  unknown: true,
};

/** A failure of each kind that there is. */
export const everyFailure: readonly Failure[] = (Object.keys(kinds) as FailureKind[]).map((kind) => new Failure(kind));
