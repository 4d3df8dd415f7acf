import type { Exploration } from '../../../testing/index.js';
import * as codes from './codes.js';
import * as linking from './linking.js';
import * as phone from './phone.js';
import { privacyAlone } from './privacy.js';
import * as profile from './profile.js';
import { sessionAlone, sessionInBrowser } from './session.js';
import { silentLoginAlone } from './silent-login.js';
import { directCallWithCode, directCallWithout, requestAlone, settingsAlone } from './small-flows.js';

/** Every flow by itself, in every circumstance that its input tells apart. All of them close. */
export const flowsAlone: readonly Exploration[] = [
  silentLoginAlone,
  requestAlone,
  directCallWithCode,
  directCallWithout,
  settingsAlone,
  linking.linkingForNobody,
  linking.linkingForUser,
  linking.linkingInBrowser,
  phone.phoneSignInByCode,
  phone.phoneSignInEncrypted,
  phone.phoneUpdateByCode,
  phone.phoneUpdateEncrypted,
  phone.phoneUnsupported,
  phone.phoneCoupled,
  profile.profileByForm,
  profile.profileBySheet,
  profile.profileBySheetUnsigned,
  profile.profileByButton,
  profile.profileByButtonForNobody,
  profile.profileByNothing,
  privacyAlone,
  codes.codesForTakers,
  codes.codesForSignIn,
  codes.codesForUpdate,
  codes.codesForProfile,
  sessionAlone,
  sessionInBrowser,
];
