import type { FailureKind } from '../../../ports/failure.js';
import { failsWith } from '../../../testing/index.js';

/** What any request may fail with: the host's reasons, and what a server says to anybody. */
const ANY: readonly FailureKind[] = ['offline', 'timeout', 'rate-limited', 'misconfigured', 'unavailable', 'unknown'];
const CODE: readonly FailureKind[] = ['code-rejected', 'account-conflict', 'account-blocked', 'busy'];
const TOKEN: readonly FailureKind[] = ['token-rejected', 'account-blocked'];

/** Why the host may give no code. */
export const LOGIN_REFUSALS: readonly FailureKind[] = [
  'offline',
  'timeout',
  'busy',
  'rate-limited',
  'denied',
  'host-signed-out',
  'unsupported',
  'unknown',
];

/** Why a call may fail, as the ports document it. */
export const refusals = {
  signIn: failsWith(...ANY, ...CODE, 'unregistered', 'account-changed', 'invalid-request'),
  phoneSignIn: failsWith(...ANY, ...CODE, 'unregistered', 'key-stale', 'not-permitted', 'invalid-request'),
  setPhone: failsWith(
    ...ANY,
    ...TOKEN,
    'phone-already-set',
    'phone-taken',
    'key-stale',
    'code-rejected',
    'account-changed',
    'not-permitted',
    'cancelled',
  ),
  setHostProfile: failsWith(...ANY, ...TOKEN, 'profile-updates-off', 'key-stale', 'code-rejected', 'cancelled'),
  setProfile: failsWith(...ANY, ...TOKEN, 'profile-updates-off', 'invalid-request', 'cancelled'),
  uploadAvatar: failsWith(...ANY, ...TOKEN, 'avatar-refused', 'profile-updates-off', 'cancelled'),
  register: failsWith(...ANY, 'name-taken', 'phone-taken', 'password-too-weak', 'invalid-request'),
  passwordSignIn: failsWith(...ANY, 'password-wrong', 'account-blocked', 'invalid-request'),
  link: failsWith(
    ...ANY,
    ...TOKEN,
    'linked-elsewhere',
    'link-occupied',
    'anonymous-user',
    'code-rejected',
    'unregistered',
    'account-changed',
    'cancelled',
  ),
  setAccount: failsWith(
    ...ANY,
    ...TOKEN,
    'name-taken',
    'phone-taken',
    'password-wrong',
    'password-too-weak',
    'invalid-request',
    'cancelled',
  ),
  signOut: failsWith('offline', 'timeout', 'unavailable', 'unknown'),
  checkSession: failsWith('unsupported', 'unknown'),
  login: failsWith(...LOGIN_REFUSALS),
  getUserInfo: failsWith(
    'denied',
    'privacy-refused',
    'privacy-undeclared',
    'host-signed-out',
    'offline',
    'unsupported',
  ),
  isUserInfoAllowed: failsWith('offline', 'timeout', 'rate-limited', 'unsupported', 'unknown'),
} as const;

/** Why the host may not tell the phone number (W-14). */
export const PHONE_REFUSALS: readonly FailureKind[] = [
  'denied',
  'cancelled',
  'privacy-refused',
  'privacy-undeclared',
  'quota-exhausted',
  'not-permitted',
  'needs-verification',
  'host-signed-out',
  'timeout',
  'offline',
  'unsupported',
  'unknown',
];
