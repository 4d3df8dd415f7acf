import { explorationOfApp } from './app.js';
import { linkingPart } from './linking-part.js';
import type { MakePart } from './part.js';
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

/** A phone sheet, and the session that it signs in to: say, one that expires while the sheet is open. It closes. */
export const sessionAndPhone = explorationOfApp({
  name: 'sessionAndPhone',
  parts: [phonePart({ mode: 'signIn' })],
  bound: { lateCalls: LOGIN },
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

/** Two flows and the session: what is open in one meets what the other begins. */
const together = (name: string, parts: readonly [MakePart, MakePart]) =>
  explorationOfApp({ name, parts, provesByKey: true, beginsOpen: true, bound: { moves: 5, lateCalls } });

const signInPart = phonePart({ mode: 'signIn' });
const updatePart = phonePart({ mode: 'update' }, 'second phone');

/** Two buttons on two pages, which want the same key for different needs. */
export const twoPhoneButtons = together('twoPhoneButtons', [signInPart, updatePart]);
/** Two sheets: one keeps the key of before, the other takes a new one in its tap. */
export const phoneAndProfile = together('phoneAndProfile', [signInPart, profilePart]);
/** A sheet whose key is kept, and a link that takes a code. */
export const phoneAndLinking = together('phoneAndLinking', [signInPart, linkingPart]);
export const phoneAndSettings = together('phoneAndSettings', [signInPart, settingsPart]);
export const phoneAndRequest = together('phoneAndRequest', [signInPart, requestPart]);
export const phoneAndPrivacy = together('phoneAndPrivacy', [signInPart, privacyPart]);
export const phoneUpdateAndProfile = together('phoneUpdateAndProfile', [updatePart, profilePart]);
export const phoneUpdateAndLinking = together('phoneUpdateAndLinking', [updatePart, linkingPart]);
export const phoneUpdateAndSettings = together('phoneUpdateAndSettings', [updatePart, settingsPart]);
export const phoneUpdateAndRequest = together('phoneUpdateAndRequest', [updatePart, requestPart]);
export const phoneUpdateAndPrivacy = together('phoneUpdateAndPrivacy', [updatePart, privacyPart]);
export const profileAndLinking = together('profileAndLinking', [profilePart, linkingPart]);
export const profileAndSettings = together('profileAndSettings', [profilePart, settingsPart]);
export const profileAndRequest = together('profileAndRequest', [profilePart, requestPart]);
export const profileAndPrivacy = together('profileAndPrivacy', [profilePart, privacyPart]);
export const linkingAndSettings = together('linkingAndSettings', [linkingPart, settingsPart]);
export const linkingAndRequest = together('linkingAndRequest', [linkingPart, requestPart]);
export const linkingAndPrivacy = together('linkingAndPrivacy', [linkingPart, privacyPart]);
export const settingsAndRequest = together('settingsAndRequest', [settingsPart, requestPart]);
export const settingsAndPrivacy = together('settingsAndPrivacy', [settingsPart, privacyPart]);
export const requestAndPrivacy = together('requestAndPrivacy', [requestPart, privacyPart]);

/** Two at a time under one session, the longest first: it closes; the others are walked as far as the time allows. */
export const pairs = [
  sessionAndPhone,
  sessionInApp,
  sessionAndPhoneUpdate,
  sessionAndProfile,
  sessionAndLinking,
  sessionAndSettings,
  sessionAndRequest,
  sessionAndPrivacy,
  twoPhoneButtons,
  phoneAndProfile,
  phoneAndLinking,
  phoneAndSettings,
  phoneAndRequest,
  phoneAndPrivacy,
  phoneUpdateAndProfile,
  phoneUpdateAndLinking,
  phoneUpdateAndSettings,
  phoneUpdateAndRequest,
  phoneUpdateAndPrivacy,
  profileAndLinking,
  profileAndSettings,
  profileAndRequest,
  profileAndPrivacy,
  linkingAndSettings,
  linkingAndRequest,
  linkingAndPrivacy,
  settingsAndRequest,
  settingsAndPrivacy,
  requestAndPrivacy,
];
