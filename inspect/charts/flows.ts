import type { AnyStateMachine } from 'xstate';
import { accountLinking } from '../../machines/account-linking.js';
import { accountSettings } from '../../machines/account-settings.js';
import { authorizedRequest } from '../../machines/authorized-request.js';
import { codes } from '../../machines/codes.js';
import { directCall } from '../../machines/direct-call.js';
import { phoneAuthorization } from '../../machines/phone-authorization.js';
import { privacy } from '../../machines/privacy.js';
import { session } from '../../machines/session.js';
import { silentLogin } from '../../machines/silent-login.js';
import { userProfile } from '../../machines/user-profile.js';

/** The charts of this package. */
export const flows: readonly AnyStateMachine[] = [
  silentLogin,
  session,
  phoneAuthorization,
  userProfile,
  accountLinking,
  accountSettings,
  authorizedRequest,
  directCall,
  privacy,
  codes,
];
