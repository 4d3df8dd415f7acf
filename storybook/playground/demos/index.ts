import { accountLinking } from '../../../machines/account-linking.js';
import { codes } from '../../../machines/codes.js';
import { phoneAuthorization } from '../../../machines/phone-authorization.js';
import { privacy } from '../../../machines/privacy.js';
import { session } from '../../../machines/session.js';
import { silentLogin } from '../../../machines/silent-login.js';
import { userProfile } from '../../../machines/user-profile.js';
import type { Demo } from '../demo.js';
import agreement from './agreement.wxml';
import authGate from './auth-gate.wxml';
import avatarNickname from './avatar-nickname.wxml';
import linkAccount from './link-account.wxml';
import loginButton from './login-button.wxml';
import phoneButton from './phone-button.wxml';
import privacyPopup from './privacy-popup.wxml';
import profileButton from './profile-button.wxml';
import signInSheet from './sign-in-sheet.wxml';

/** A demo per component: its page, and the charts that it drives. */
export const demos = {
  loginButton: { name: 'login-button', template: loginButton, machines: [session, silentLogin, codes] },
  phoneButton: { name: 'phone-button', template: phoneButton, machines: [phoneAuthorization, session, codes] },
  profileButton: {
    name: 'profile-button',
    template: profileButton,
    machines: [userProfile, session, codes],
    age: 'before2022',
  },
  avatarNickname: { name: 'avatar-nickname', template: avatarNickname, machines: [userProfile, session, codes] },
  linkAccount: { name: 'link-account', template: linkAccount, machines: [accountLinking, session, codes] },
  agreement: { name: 'agreement', template: agreement, machines: [phoneAuthorization, session, codes] },
  authGate: { name: 'auth-gate', template: authGate, machines: [session, silentLogin, codes] },
  privacyPopup: {
    name: 'privacy-popup',
    template: privacyPopup,
    machines: [privacy, phoneAuthorization, session, codes],
    ownPrivacyPopup: true,
  },
  signInSheet: {
    name: 'sign-in-sheet',
    template: signInSheet,
    machines: [phoneAuthorization, userProfile, accountLinking, session, silentLogin, codes],
  },
} as const satisfies Record<string, Demo>;
