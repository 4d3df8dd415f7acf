import type { Clock } from '../../ports/clock.js';
import type { MemoryHost } from './host.js';
import type { PhoneProof } from './input.js';
import type { Store } from './store.js';

/** What every endpoint works with. */
export interface Desk {
  readonly store: Store;
  readonly hosts: readonly MemoryHost[];
  readonly clock: Clock;
  /** Whether clients may write the profile of their user. */
  readonly profileUpdates: boolean;
}

/** What an endpoint reads of a request. */
export interface Question {
  /** An object that came as JSON, or the fields of a form. */
  readonly body: object;
  /** The bearer token; '' without one. */
  readonly token: string;
  /** Where the server was reached. */
  readonly origin: string;
}

/** Answers what is sent with status 200; what it refuses it throws as a `ServerRefusal`. */
export type Endpoint = (question: Question) => object | Promise<object>;

/**
 * The phone number that a person let the host tell, as E.164.
 *
 * @param sessionKey asked for only where something is to be decrypted
 * @throws ServerRefusal
 */
export function provePhone(host: MemoryHost, proof: PhoneProof, sessionKey: () => string): Promise<string> | string {
  return 'phoneCode' in proof ? host.exchangePhoneCode(proof.phoneCode) : host.readPhone(sessionKey(), proof);
}
