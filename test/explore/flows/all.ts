import type { Exploration } from '../../../testing/index.js';
import * as codes from './codes.js';
import * as linking from './linking.js';
import * as phone from './phone.js';
import { privacyAlone } from './privacy.js';
import * as profile from './profile.js';
import { sessionAlone, sessionAsleep, sessionInBrowser } from './session.js';
import { silentLoginAlone } from './silent-login.js';
import { directCallWithCode, directCallWithout, requestAlone, settingsAlone } from './small-flows.js';

/**
 * Every flow by itself, in every circumstance that its input tells apart, by the id of its chart. What one of them cannot
 * reach, such as the host's button where there is a form, another one does: together they take every transition.
 */
export const casts: Readonly<Record<string, readonly Exploration[]>> = {
  silentLogin: [silentLoginAlone],
  authorizedRequest: [requestAlone],
  directCall: [directCallWithCode, directCallWithout],
  accountSettings: [settingsAlone],
  accountLinking: [
    linking.linkingForNobody,
    linking.linkingForUser,
    linking.linkingInBrowser,
    linking.linkingForUserInBrowser,
  ],
  phoneAuthorization: [
    phone.phoneSignInByCode,
    phone.phoneSignInEncrypted,
    phone.phoneUpdateByCode,
    phone.phoneUpdateEncrypted,
    phone.phoneUnsupported,
    phone.phoneCoupled,
  ],
  userProfile: [
    profile.profileByForm,
    profile.profileBySheet,
    profile.profileBySheetUnsigned,
    profile.profileBySheetOrForm,
    profile.profileByButton,
    profile.profileByButtonForNobody,
    profile.profileByNothing,
  ],
  privacy: [privacyAlone],
  codes: [codes.codesForTakers, codes.codesForSignIn, codes.codesForUpdate, codes.codesForProfile],
  session: [sessionAlone, sessionAsleep, sessionInBrowser],
};

export const flowsAlone: readonly Exploration[] = Object.values(casts).flat();
