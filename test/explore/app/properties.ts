import type { Secret } from '../../../ports/secret.js';
import { always, noCallWhile, type StepProperty } from '../../../testing/index.js';
import { appOn } from './app-on.js';
import { SIGNS_OUT } from './callers.js';
import { TOLD_AFTER_LEAVING } from './page.js';

/** From the tap until the server has answered (G-03). */
const noLoginUnderAQuestion = noCallWhile('login', (stage) =>
  appOn(stage).parts.some((part) => part.needsKey?.()) ? 'a question' : null,
);

/** What is encrypted goes with the newest code, or by the key that the server holds (G-03). */
const whatIsSealedCanBeOpened: StepProperty = {
  name: 'G-03 what is encrypted is sent with the newest code, or by the key of the server',
  watch: (stage) => ({
    complaint({ news }) {
      const { world } = appOn(stage);
      for (const item of news) {
        if (item.type !== 'called' || !isSealed(item.input)) continue;
        const { code } = item.input;
        const isGood = code === null ? world.isServerKeyCurrent() : code === world.hostKey();
        if (!isGood) return `${item.name} sends what the server has no key for`;
      }
      return null;
    },
  }),
};

interface Sealed {
  readonly code: Secret | null;
}

function isSealed(input: unknown): input is Sealed {
  if (typeof input !== 'object' || input === null || !('code' in input)) return false;
  if ('phone' in input) return typeof input.phone === 'object' && input.phone !== null && 'iv' in input.phone;
  if (!('profile' in input) || typeof input.profile !== 'object' || input.profile === null) return false;
  return 'signed' in input.profile && input.profile.signed !== null;
}

const pagesAreLeftAlone: StepProperty = {
  name: 'G-17 a page that was left is told nothing',
  watch: () => ({
    complaint({ news }) {
      const told = news.find((item) => item.type === 'noted' && item.what === TOLD_AFTER_LEAVING);
      return told?.type === 'noted' ? `the ${told.by} page was` : null;
    },
  }),
};

const callersAreTold = always('G-08 whoever waits for a session is told before it rests', (stage) => {
  const state = stage.chart('session');
  return !state?.hasTag('settled') || appOn(stage).waiting() === 0 || 'somebody still waits';
});

/** The key that a sheet has kept is free then, and must not serve whoever is being turned away. */
const signingOutSignsNobodyIn: StepProperty = {
  name: 'G-06 who signs out begins no sign-in by that',
  watch: () => ({
    complaint({ move, news }) {
      const begun = news.find((item) => item.type === 'called' && SIGN_INS.includes(item.name));
      return move === SIGNS_OUT && begun?.type === 'called' ? `${begun.name} is called` : null;
    },
  }),
};

const SIGN_INS = ['signIn', 'phoneSignIn', 'register', 'passwordSignIn'];

const nothingIsReported = always('Nothing goes wrong beside the flows', (stage) => {
  const [problem] = appOn(stage).problems;
  return problem === undefined || problem;
});

export const appProperties = [
  noLoginUnderAQuestion,
  whatIsSealedCanBeOpened,
  pagesAreLeftAlone,
  callersAreTold,
  signingOutSignsNobodyIn,
  nothingIsReported,
];
