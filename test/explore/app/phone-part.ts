import type { PhoneOptions } from '../../../machines/phone-flow.js';
import { Failure, type FailureKind } from '../../../ports/failure.js';
import type { PhoneProof } from '../../../ports/phone.js';
import { createPage } from './page.js';
import type { MakePart } from './part.js';
import type { PhoneAnswer } from './ports.js';

/** One for each way on from a refusal: all of them are walked by the flow alone. */
const REFUSALS: readonly FailureKind[] = ['denied', 'cancelled'];

/**
 * @param options what the button is for
 * @param name tells it from another
 */
export function phonePart(options: PhoneOptions, name = 'phone'): MakePart {
  return ({ stage, core, world }) => {
    const page = createPage(stage, name, () => core.auth.phone(options));
    let isSheetOpen = false;
    /** Whether the number that is being asked for, or sent, is encrypted by the key of this moment. */
    let isSealed = false;
    const { phoneCode } = world.platform.abilities;

    const proof = (): PhoneProof =>
      phoneCode ? { phoneCode: stage.secret('phone-code') } : { encryptedData: stage.secret('phone'), iv: 'iv' };
    const answer = (given: PhoneAnswer) => () => {
      isSheetOpen = false;
      page.flow?.answer(given);
    };

    return {
      moves: () =>
        page.moves((flow) => ({
          ...(flow.getSnapshot().live
            ? {
                [`a tap on the ${name} button`]: () => {
                  isSheetOpen = true;
                  isSealed = !phoneCode;
                  flow.ask();
                },
              }
            : { [`a tap on the plain ${name} button`]: () => flow.want() }),
          ...(isSheetOpen && {
            [`the ${name} sheet: yes`]: answer({ yes: proof() }),
            ...Object.fromEntries(
              REFUSALS.map((kind) => [`the ${name} sheet: ${kind}`, answer({ no: new Failure(kind) })]),
            ),
          }),
          [`${name}: the page is hidden`]: () => flow.hidden(),
          [`${name}: the page is shown`]: () => flow.shown(),
        })),
      identity: () => [page.flow !== null, isSheetOpen, isSealed],
      describe: () => (isSheetOpen ? `the ${name} sheet is open` : ''),
      needsKey() {
        const snapshot = page.flow?.getSnapshot();
        return isSealed && snapshot !== undefined && (snapshot.frozen || snapshot.busy);
      },
    };
  };
}
