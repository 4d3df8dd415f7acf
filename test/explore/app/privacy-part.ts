import { createActor } from 'xstate';
import { bindPrivacy } from '../../../machines/bind-privacy.js';
import type { AuthCore } from '../../../machines/create-auth.js';
import { privacy } from '../../../machines/privacy.js';
import { privacyOf } from '../../../machines/registry.js';
import { type Answers, failsWith, gives, type Reading, reads } from '../../../testing/index.js';
import { shortWaits } from '../flows/timing.js';
import type { MakePart } from './part.js';

export const privacyAnswers: Answers = {
  getPrivacySetting: { 'a name': gives({ contractName: '《隐私保护指引》' }), ...failsWith('unknown') },
};

export const privacyReading: Reading = reads(privacy, ({ calls, unseen, popups }) => [
  calls.length,
  unseen.length,
  popups.length,
]);

/** Calls that the host holds back at a time; a third is queued as the second is. */
const MOST_CALLS = 2;

/** The owner of the popup is bound once, as the app's charts are. */
const machines = new WeakMap<AuthCore, ReturnType<typeof bindPrivacy>>();

/** An app's own privacy popup on the visible page (W-16), as `createAuth` has it with `ownPrivacyPopup`. */
export const privacyPart: MakePart = ({ stage, core, world }) => {
  const machine = machines.get(core) ?? bindPrivacy(core.bindings);
  machines.set(core, machine);
  const start = () =>
    createActor(machine, {
      id: 'privacy',
      clock: stage.clock,
      inspect: stage.inspect,
      input: { timing: shortWaits },
    }).start();
  privacyOf(world.platform.host, start).send({ type: 'PROMPT.CLAIMED' });
  const popup = core.auth.privacy.popup();
  let isShown = false;
  let heldBack = 0;

  return {
    moves: () => ({
      // Where there is no popup the developer is told so: that is no fault of the flows.
      ...(isShown &&
        heldBack < MOST_CALLS && {
          'a call needs consent': () => {
            heldBack += 1;
            let isHeld = true;
            world.needConsent(({ event }) => {
              if (event === 'exposureAuthorization' || !isHeld) return;
              isHeld = false;
              heldBack -= 1;
            });
          },
        }),
      ...(isShown
        ? {
            'the popup is hidden': () => {
              isShown = false;
              popup.hidden();
            },
            'the person sees the question': () => popup.seen(),
            'the person agrees': () => popup.agree('agree'),
            'the person refuses': () => popup.disagree(),
          }
        : {
            'the popup is shown': () => {
              isShown = true;
              popup.shown();
            },
          }),
    }),
    identity: () => [isShown, heldBack],
    describe: () => (heldBack > 0 ? `${heldBack} calls are held back` : ''),
  };
};
