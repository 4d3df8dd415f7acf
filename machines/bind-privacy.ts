import { fromCallback } from 'xstate';
import { type Failure, toFailure } from '../ports/failure.js';
import type { Platform, PrivacyAnswer } from '../ports/platform.js';
import { type CallAnswer, type PrivacyEvent, privacy } from './privacy.js';
import { fromTask } from './task.js';

/** What the owner of the privacy popup is bound to. */
export interface PrivacyBindings {
  platform: Platform;
  /** Hears what goes wrong beside the flow. */
  onProblem: (failure: Failure) => void;
}

type Answer = (answer: PrivacyAnswer) => void;

export function bindPrivacy({ platform, onProblem }: PrivacyBindings) {
  const tell = (answer: Answer, what: PrivacyAnswer) => {
    try {
      answer(what);
    } catch (error) {
      onProblem(toFailure(error));
    }
  };

  return privacy.provide({
    actors: {
      onPrivacyNeeded: fromCallback<CallAnswer, undefined>(({ receive, sendBack }) => {
        const held = new Map<number, Answer>();
        let calls = 0;
        let isHeard = true;
        receive(({ call, answer: what }) => {
          const answer = held.get(call);
          if (what.event !== 'exposureAuthorization') held.delete(call);
          if (answer) tell(answer, what);
        });
        try {
          platform.onPrivacyNeeded((answer) => {
            if (!isHeard) return tell(answer, { event: 'disagree' });
            calls += 1;
            held.set(calls, answer);
            sendBack({ type: 'CONSENT.NEEDED', call: calls } satisfies PrivacyEvent);
          });
        } catch (error) {
          onProblem(toFailure(error));
        }
        // The host keeps its listener for ever, and every call of it needs an answer (W-16).
        return () => {
          isHeard = false;
          for (const answer of held.values()) tell(answer, { event: 'disagree' });
          held.clear();
        };
      }),
      getPrivacySetting: fromTask<{ contractName: string }>(() => platform.getPrivacySetting()),
      openPrivacyContract: fromTask<void>(() => platform.openPrivacyContract()),
    },
    actions: {
      report: (_, { failure }) => onProblem(failure),
    },
  });
}
