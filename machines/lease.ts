import type { Failure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';

/**
 * What a flow needs before a person may tap, so that what the host encrypts in that tap can be proved to the server
 * (G-03).
 *
 * - `code`: an unspent code
 * - `key`: the server holds the key, or else a code
 * - `quiet`: nothing that would keep a login from starting inside the tap
 */
export type KeyNeed = 'code' | 'key' | 'quiet';

/** What a flow asks of the owner of the host's login. */
export type LeaseRequest =
  /** Make ready for a tap. It may be asked again at any time, also after everything below. */
  | { type: 'PREPARE'; need: KeyNeed }
  /** The person has tapped here, so whatever sheet was open elsewhere is left (G-15). */
  | { type: 'TAP' }
  /** The same, and a sheet opens over what was made ready: no login may replace the key now. */
  | { type: 'HOLD' }
  /** The person has answered (`code`, `key`), or is being asked in this very stack (`quiet`, which may log in). */
  | { type: 'PROVE' }
  /** The person has answered what was proved before (`quiet`): the server is being told. */
  | { type: 'KEEP' }
  /** A code for something that is not encrypted. */
  | { type: 'TAKE' }
  /** Nothing is needed any more. */
  | { type: 'FREE' };

/** What a flow hears of the owner. */
export type LeaseAnswer =
  /** To `PREPARE`; again each time after a `KEY.LOST` that nobody asked for. */
  | { type: 'KEY.READY' }
  /**
   * What was ready is not any more and is made ready again unasked; or, to `PROVE`: it cannot be proved; or, under an
   * open sheet: the person has left it for another.
   */
  | { type: 'KEY.LOST' }
  /** To `PROVE`: with this code, or, if `null`, by the key that the server holds. The key is kept until `FREE`. */
  | { type: 'KEY.PROVED'; code: Secret | null }
  /** To `TAKE`. The key is kept until `FREE`. */
  | { type: 'CODE.GIVEN'; code: Secret }
  /** To `PREPARE`, `PROVE` and `TAKE`: the host's login has failed. What was to be made ready is tried again on show. */
  | { type: 'CODE.REFUSED'; failure: Failure };

/** What passes through a lease, either way. */
export type LeaseEvent = LeaseRequest | LeaseAnswer;

/** What a flow hears that only ever takes a code. */
export type CodeAnswer = Extract<LeaseAnswer, { type: 'CODE.GIVEN' | 'CODE.REFUSED' }>;
