import type { Secret } from './secret.js';

/**
 * What the host gave when a person let it tell their phone number (W-13): a code that our server exchanges, or the
 * number itself, encrypted with the session key of that moment.
 */
export type PhoneProof = PhoneByCode | PhoneByEncryption;

export interface PhoneByCode {
  /** Not a login code: it lives five minutes, works once, and needs no login. */
  readonly phoneCode: Secret;
}

export interface PhoneByEncryption {
  /** Base64, verbatim (G-04). */
  readonly encryptedData: Secret;
  readonly iv: string;
}

export interface PhoneSignIn {
  readonly phone: PhoneProof;
  /** A login code: it says which host account the number comes with, and proves the key of what is encrypted. */
  readonly code: Secret;
  /** Whether a user is made where neither this number nor this host account has one (G-18). */
  readonly createUser: boolean;
  readonly withUnionId: boolean;
}

export interface PhoneUpdate {
  readonly phone: PhoneProof;
  /** Proves the key of what is encrypted; `null` where the server holds that key (G-03), or nothing is encrypted. */
  readonly code: Secret | null;
  /** Whether another number of the user gives way. */
  readonly overwrite: boolean;
}
