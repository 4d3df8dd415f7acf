export { type BrowserWindow, type KboneOptions, kbone } from '../adapters/kbone.js';
export { isMiniProgram } from '../ports/mini-program.js';
export { type AgreementProperties, agreement } from './agreement.js';
export { type AvatarNicknameProperties, avatarNickname } from './avatar-nickname.js';
export { type LinkAccountProperties, linkAccount } from './link-account.js';
export { type LoginButtonProperties, loginButton } from './login-button.js';
export { type PhoneButtonPart, type PhoneButtonProperties, phoneButton } from './phone-button.js';
export { type ProfileButtonProperties, profileButton } from './profile-button.js';
export type { KboneView, Listeners, Options } from './view.js';
