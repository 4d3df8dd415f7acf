import { explorationOfApp } from './app.js';
import { phonePart } from './phone-part.js';

/** The session by itself, as an app has it. */
export const sessionInApp = explorationOfApp({ name: 'sessionInApp', parts: [], wishes: 2, bound: { moves: 7 } });

/** A phone sheet, and the session that it signs in to: say, one that expires while the sheet is open. */
export const sessionAndPhone = explorationOfApp({
  name: 'sessionAndPhone',
  parts: [phonePart({ mode: 'signIn' })],
  bound: { moves: 6 },
});

/** The same for a number that is added to whoever is signed in, by the key that the server holds. */
export const sessionAndPhoneUpdate = explorationOfApp({
  name: 'sessionAndPhoneUpdate',
  parts: [phonePart({ mode: 'update' })],
  bound: { moves: 6 },
});

/** Two buttons on two pages, which want the same key for different needs. */
export const twoPhoneButtons = explorationOfApp({
  name: 'twoPhoneButtons',
  parts: [phonePart({ mode: 'signIn' }), phonePart({ mode: 'update' }, 'second phone')],
  bound: { moves: 5 },
});

/** Two at a time under one session. None has been seen to close yet, so each is walked as far as the time allows. */
export const pairs = [sessionInApp, sessionAndPhone, sessionAndPhoneUpdate, twoPhoneButtons];
