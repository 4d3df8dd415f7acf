import type { Clock } from '../../ports/clock.js';
import { HostFailure } from '../host/host-failure.js';
import type { Sheets } from '../host/sheets.js';
import type { Question } from './question.js';

/** What an app tells of its own privacy popup (W-16). */
export interface PrivacyResolution {
  readonly event: 'exposureAuthorization' | 'agree' | 'disagree';
  /** Which button was pressed to agree. */
  readonly buttonId?: string;
}

type Resolve = (resolution: PrivacyResolution) => void;
export type PrivacyListener = (resolve: Resolve, info: { readonly referrer: string }) => void;

/** Whether one person has agreed to one app's privacy guide, on one device (W-16). It outlives the app. */
export interface Privacy {
  readonly needsAuthorization: boolean;
  /**
   * Waits until the person agrees: through the app's listener, or else the host's own popup.
   *
   * @param referrer what the listener is told: `getUserProfile`, `button.getPhoneNumber`
   * @throws HostFailure errno 104 where the person does not
   */
  guard(referrer: string): Promise<void>;
  /** A button with the open-type agreePrivacyAuthorization was pressed. */
  agreeByButton(buttonId: string): void;
  /** Replaces the listener. */
  listen(listener: PrivacyListener): void;
  /** The app was killed, its listener with it. */
  forgetApp(): void;
}

export function createPrivacy(clock: Clock, sheets: Sheets<Question>, isAgreed: boolean): Privacy {
  let agreed = isAgreed;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let listener: PrivacyListener | undefined;
  const pressed = new Set<string>();

  const askApp = (hear: PrivacyListener, referrer: string) =>
    new Promise<boolean>((resolve, reject) => {
      const settle: Resolve = ({ event, buttonId = '' }) => {
        if (event === 'disagree') resolve(false);
        if (event !== 'agree') return;
        if (pressed.has(buttonId)) resolve(true);
        else reject(unauthorized('click action before resolve is needed'));
      };
      hear(settle, { referrer });
    });

  const askByPopup = async () => (await sheets.make('privacy').open()).answer === 'allow';

  return {
    get needsAuthorization() {
      return !agreed;
    },
    async guard(referrer) {
      if (agreed) return;
      const isTooSoon = clock.now() - refusedAt < PAUSE;
      if (!isTooSoon && (await (listener ? askApp(listener, referrer) : askByPopup()))) {
        agreed = true;
        return;
      }
      if (!isTooSoon) refusedAt = clock.now();
      throw unauthorized('privacy permission is not authorized');
    },
    agreeByButton(buttonId) {
      pressed.add(buttonId);
      agreed = true;
    },
    listen(next) {
      listener = next;
    },
    forgetApp() {
      listener = undefined;
    },
  };
}

/** How long after a refusal nobody is asked again, in milliseconds. */
const PAUSE = 10_000;

function unauthorized(reason: string): HostFailure {
  return new HostFailure(reason, { errno: 104 });
}
