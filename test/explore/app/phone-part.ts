import type { PhoneFlow, PhoneOptions } from '../../../machines/phone-flow.js';
import { Failure } from '../../../ports/failure.js';
import type { PhoneProof } from '../../../ports/phone.js';
import type { Moves } from '../../../testing/index.js';
import { createPage } from './page.js';
import type { MakePart } from './part.js';
import type { PhoneAnswer } from './ports.js';

/** One for all: to those beside the flow every refusal is the same, and the flow alone is given each. */
const DENIED = new Failure('denied');

/**
 * @param options what the button is for
 * @param name tells it from another
 */
export function phonePart(options: PhoneOptions, name = 'phone'): MakePart {
  return ({ stage, core, world }) => {
    let isSheetOpen = false;
    /** Another page lies over it: nobody taps what nobody sees. */
    let isCovered = false;
    const page = createPage(stage, name, () => {
      // The sheet of a page that is gone is gone with it.
      isSheetOpen = false;
      isCovered = false;
      return core.auth.phone(options);
    });
    const { phoneCode } = world.platform.abilities;

    const proof = (): PhoneProof =>
      phoneCode ? { phoneCode: stage.secret('phone-code') } : { encryptedData: stage.secret('phone'), iv: 'iv' };
    const isAsking = () => isSheetOpen && page.flow !== null;
    const tap = (flow: PhoneFlow): Moves =>
      flow.getSnapshot().live
        ? {
            [`a tap on the ${name} button`]: () => {
              isSheetOpen = true;
              flow.ask();
            },
          }
        : { [`a tap on the plain ${name} button`]: () => flow.want() };
    const answer = (give: () => PhoneAnswer) => () => {
      isSheetOpen = false;
      page.flow?.answer(give());
    };

    return {
      moves: () =>
        page.moves((flow) => ({
          ...(!isCovered && tap(flow)),
          ...(isSheetOpen && {
            [`the ${name} sheet: yes`]: answer(() => ({ yes: proof() })),
            [`the ${name} sheet: no`]: answer(() => ({ no: DENIED })),
          }),
          ...(isCovered
            ? {
                [`${name}: the page is shown`]: () => {
                  isCovered = false;
                  flow.shown();
                },
              }
            : {
                [`${name}: the page is hidden`]: () => {
                  isCovered = true;
                  flow.hidden();
                },
              }),
        })),
      open: page.open,
      ending: page.ending,
      identity: () => [page.flow !== null && isCovered, page.flow !== null, isAsking()],
      isAsking: (mode) => mode === (options.mode ?? 'signIn') && isAsking(),
      describe: () => (isAsking() ? `the ${name} sheet is open` : ''),
      needsKey() {
        const snapshot = page.flow?.getSnapshot();
        return !phoneCode && snapshot !== undefined && (snapshot.frozen || snapshot.busy);
      },
    };
  };
}
