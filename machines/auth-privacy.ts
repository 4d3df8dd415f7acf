import { type Failure, toFailure } from '../ports/failure.js';
import { DEFAULT_CONTRACT_NAME, isAsking, type PrivacyEvent } from './privacy.js';
import type { PrivacyRef } from './registry.js';

/** Plain data for a privacy popup. */
export interface PrivacySnapshot {
  /** Whether the person has to be asked now. It holds for the popup of the visible page, and for no other. */
  readonly isAsking: boolean;
  /** What the app's privacy guide is called, with its brackets: 《…隐私保护指引》. */
  readonly contractName: string;
}

/**
 * One popup of one page. What it tells out of turn moves nothing.
 *
 * In a mini-program, `attached` and the page's `show` call `shown`, the page's `hide` calls `hidden`, and `detached`
 * calls `detached`.
 */
export interface PrivacyPopup {
  /** Its page can be seen: from now on it can ask. */
  shown(): void;
  /** Its page cannot be seen now. A question that no other popup can ask is answered with no. */
  hidden(): void;
  /** It is gone for good. */
  detached(): void;
  /** The question has been drawn; the host is told so (W-16). */
  seen(): void;
  /**
   * The person agrees. To be called in the event of the button, which has to come first (W-16).
   *
   * @param buttonId the `id` of the button with the open-type `agreePrivacyAuthorization`
   */
  agree(buttonId: string): void;
  /** The person does not agree. */
  disagree(): void;
}

/** Consent to the app's privacy guide, for the popups of an app that asks by its own (W-16, G-13). */
export interface AuthPrivacy {
  getSnapshot(): PrivacySnapshot;

  /** Tells each new snapshot. Answers how to stop listening. */
  subscribe(listener: (snapshot: PrivacySnapshot) => void): () => void;

  /** Makes a popup known, one for each component instance. It counts once it says that it is shown. */
  popup(): PrivacyPopup;

  /**
   * Shows the text of the guide, also when nobody is asked. Where the host does not do so, `onProblem` hears why; what
   * waits for the person goes on waiting.
   */
  openContract(): void;
}

/**
 * What views may do with the owner of the privacy popup, who is one for all auths of a host, and outlives them.
 *
 * @param owner the living owner
 * @param onProblem hears of listeners that throw
 */
export function connectPrivacy(owner: () => PrivacyRef, onProblem: (failure: Failure) => void): AuthPrivacy {
  const send = (event: PrivacyEvent) => owner().send(event);
  return {
    getSnapshot: () => read(owner()),

    subscribe(listener) {
      const actor = owner();
      let last = read(actor);
      const publish = () => {
        const next = read(actor);
        if (next.isAsking === last.isAsking && next.contractName === last.contractName) return;
        last = next;
        try {
          listener(next);
        } catch (error) {
          onProblem(toFailure(error));
        }
      };
      const subscription = actor.subscribe({ next: publish, error: publish });
      return () => subscription.unsubscribe();
    },

    popup() {
      const popup = {};
      return {
        shown: () => send({ type: 'POPUP.SHOWN', popup }),
        hidden: () => send({ type: 'POPUP.HIDDEN', popup }),
        detached: () => send({ type: 'POPUP.DETACHED', popup }),
        seen: () => send({ type: 'QUESTION.SEEN' }),
        agree: (buttonId) => send({ type: 'CONSENT.GIVEN', buttonId }),
        disagree: () => send({ type: 'CONSENT.REFUSED' }),
      };
    },

    openContract: () => send({ type: 'CONTRACT.WANTED' }),
  };
}

function read(actor: PrivacyRef): PrivacySnapshot {
  const snapshot = actor.getSnapshot();
  if (snapshot.status !== 'active') return { isAsking: false, contractName: DEFAULT_CONTRACT_NAME };
  return { isAsking: isAsking(snapshot), contractName: snapshot.context.contractName };
}
