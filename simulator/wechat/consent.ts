import { isSince } from '../host/versions.js';
import type { CloudLine } from './cloud-line.js';
import type { Ability } from './cloud-port.js';
import type { Privacy } from './privacy.js';

/** Whether the app may ask a person for an ability at all. */
export interface Consent {
  /**
   * Whether the app is allowed to, and the person has agreed to its privacy guide; asks for that where need be (W-16).
   *
   * @param referrer as `Privacy.guard`
   * @throws HostFailure
   */
  permit(ability: Ability, referrer: string): Promise<void>;
}

/** Base libraries before 2.32.3 know of no privacy guide and stop nothing. */
export function createConsent(line: CloudLine, privacy: Privacy, baseLibrary: string): Consent {
  return {
    async permit(ability, referrer) {
      await line.ask((cloud, account) => cloud.checkAbility(account, ability));
      if (isSince(baseLibrary, '2.32.3')) await privacy.guard(referrer);
    },
  };
}
