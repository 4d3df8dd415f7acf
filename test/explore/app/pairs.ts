import { explorationOfApp } from './app.js';
import { linkingPart } from './linking-part.js';
import { phonePart } from './phone-part.js';
import { privacyPart } from './privacy-part.js';
import { profilePart } from './profile-part.js';
import { requestPart } from './request-part.js';
import { settingsPart } from './settings-part.js';

/** Of what comes late, the newest key hears of the host's login alone; the flows alone are given every late answer. */
const LOGIN = ['login'];
/** What may come late where the server's key counts: whatever changes that key, or the host's. */
const lateCalls = [...LOGIN, 'signIn', 'phoneSignIn', 'setPhone', 'setHostProfile', 'link'];

/** The session by itself, as an app has it. */
export const sessionInApp = explorationOfApp({
  name: 'sessionInApp',
  parts: [],
  wishes: 2,
  bound: { moves: 8, lateCalls: LOGIN },
});

/** A phone sheet, and the session that it signs in to: say, one that expires while the sheet is open. */
export const sessionAndPhone = explorationOfApp({
  name: 'sessionAndPhone',
  parts: [phonePart({ mode: 'signIn' })],
  bound: { moves: 9, lateCalls: LOGIN },
});

/** The same for a number that is added to whoever is signed in, by the key that the server holds. */
export const sessionAndPhoneUpdate = explorationOfApp({
  name: 'sessionAndPhoneUpdate',
  parts: [phonePart({ mode: 'update' })],
  provesByKey: true,
  beginsOpen: true,
  bound: { moves: 6, lateCalls },
});

/** A profile is signed by the key of a login in the tap, and the session may want a login of its own. */
export const sessionAndProfile = explorationOfApp({
  name: 'sessionAndProfile',
  parts: [profilePart],
  provesByKey: true,
  beginsOpen: true,
  bound: { moves: 6, lateCalls },
});

/** Whoever registers or signs in by a password while the session is restored, renewed or left. */
export const sessionAndLinking = explorationOfApp({
  name: 'sessionAndLinking',
  parts: [linkingPart],
  provesByKey: true,
  beginsOpen: true,
  bound: { moves: 6, lateCalls },
});

/** A form that is saved while the session is renewed or left. */
export const sessionAndSettings = explorationOfApp({
  name: 'sessionAndSettings',
  parts: [settingsPart],
  beginsOpen: true,
  bound: { moves: 6, lateCalls: LOGIN },
});

/** Two requests of the app's own, whose token may be rejected at any time. */
export const sessionAndRequest = explorationOfApp({
  name: 'sessionAndRequest',
  parts: [requestPart],
  beginsOpen: true,
  bound: { moves: 6, lateCalls: LOGIN },
});

/** A popup that asks for consent. The two share nothing but the app. */
export const sessionAndPrivacy = explorationOfApp({
  name: 'sessionAndPrivacy',
  parts: [privacyPart],
  beginsOpen: true,
  bound: { moves: 5, lateCalls: LOGIN },
});

/** Two buttons on two pages, which want the same key for different needs. */
export const twoPhoneButtons = explorationOfApp({
  name: 'twoPhoneButtons',
  parts: [phonePart({ mode: 'signIn' }), phonePart({ mode: 'update' }, 'second phone')],
  provesByKey: true,
  beginsOpen: true,
  bound: { moves: 5, lateCalls },
});

/** Two sheets: one keeps the key of before, the other takes a new one in its tap. */
export const phoneAndProfile = explorationOfApp({
  name: 'phoneAndProfile',
  parts: [phonePart({ mode: 'signIn' }), profilePart],
  provesByKey: true,
  beginsOpen: true,
  bound: { moves: 5, lateCalls },
});

/** A sheet whose key is kept, and a link that takes a code. */
export const phoneAndLinking = explorationOfApp({
  name: 'phoneAndLinking',
  parts: [phonePart({ mode: 'signIn' }), linkingPart],
  provesByKey: true,
  beginsOpen: true,
  bound: { moves: 5, lateCalls },
});

/** Two at a time under one session. None has been seen to close yet, so each is walked as far as the time allows. */
export const pairs = [
  sessionInApp,
  sessionAndPhone,
  sessionAndPhoneUpdate,
  sessionAndProfile,
  sessionAndLinking,
  sessionAndSettings,
  sessionAndRequest,
  sessionAndPrivacy,
  twoPhoneButtons,
  phoneAndProfile,
  phoneAndLinking,
];
