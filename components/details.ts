import type { User } from '../ports/backend.js';
import type { FailureKind } from '../ports/failure.js';

/** Why something came to nothing. */
export interface FailureDetail {
  /** For programs: what to do about it. */
  kind: FailureKind;
  /** For people, in the component's language. */
  text: string;
}

/** Where a flow stands. */
export interface FlowDetail {
  /** The innermost state of its chart, by name. */
  state: string;
  /** Whether a machine is being waited for. */
  busy: boolean;
}

/** A person's no, and who said it. */
export interface DenialDetail extends FailureDetail {
  /** Who is signed in; `null` where nobody is. */
  user: User | null;
}

/** What a page hears of its flow. */
export interface OutcomeEvents {
  /** It is done; `user` as they are now. */
  success: { user: User };
  /** It came to nothing. */
  failure: FailureDetail;
  /** It came to nothing by a person's no, which is no fault (G-12). */
  denied: DenialDetail;
  /** The flow went on. */
  change: FlowDetail;
}
