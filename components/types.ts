import type { Agreement } from './agreement/types.js';
import type { AuthGate } from './auth-gate/types.js';
import type { AvatarNickname } from './avatar-nickname/types.js';
import type { ComponentEvent } from './event.js';
import type { LinkAccount } from './link-account/types.js';
import type { LoginButton } from './login-button/types.js';
import type { PhoneButton } from './phone-button/types.js';
import type { PrivacyPopup } from './privacy-popup/types.js';
import type { ProfileButton } from './profile-button/types.js';
import type { SignInSheet } from './sign-in-sheet/types.js';

export type { AgreementTexts } from './agreement/texts.js';
export type { AgreementEvents, AgreementProperties } from './agreement/types.js';
export type { AuthGateEvents, AuthGateProperties, AuthGateShown } from './auth-gate/types.js';
export type { AvatarNicknameTexts } from './avatar-nickname/texts.js';
export type { AvatarNicknameEvents, AvatarNicknameProperties } from './avatar-nickname/types.js';
export type { FailureDetail, FlowDetail } from './details.js';
export type { ComponentEvent, ComponentEventTarget } from './event.js';
export type { LinkAccountTexts } from './link-account/texts.js';
export type { LinkAccountEvents, LinkAccountProperties } from './link-account/types.js';
export type { LoginButtonTexts } from './login-button/texts.js';
export type { LoginButtonEvents, LoginButtonProperties } from './login-button/types.js';
export type { PhoneButtonTexts } from './phone-button/texts.js';
export type { PhoneButtonEvents, PhoneButtonProperties } from './phone-button/types.js';
export type { PrivacyPopupTexts } from './privacy-popup/texts.js';
export type { PrivacyPopupEvents, PrivacyPopupProperties } from './privacy-popup/types.js';
export type { ProfileButtonTexts } from './profile-button/texts.js';
export type { ProfileButtonEvents, ProfileButtonMethods, ProfileButtonProperties } from './profile-button/types.js';
export type { CloseReason, SheetStep } from './sign-in-sheet/journey.js';
export type { SignInSheetTexts } from './sign-in-sheet/texts.js';
export type { SignInSheetEvents, SignInSheetMethods, SignInSheetProperties } from './sign-in-sheet/types.js';
export type { PhoneNumberDetail, WechatNativeEvent, WechatNativeEvents } from './wechat-events.js';

/** What each component of the package is to a page, by its folder's name. */
export interface Components {
  agreement: Agreement;
  'auth-gate': AuthGate;
  'avatar-nickname': AvatarNickname;
  'link-account': LinkAccount;
  'login-button': LoginButton;
  'phone-button': PhoneButton;
  'privacy-popup': PrivacyPopup;
  'profile-button': ProfileButton;
  'sign-in-sheet': SignInSheet;
}

export type ComponentName = keyof Components;

/** What a page may give it; in a template in kebab case: `createUser` is `create-user`. */
export type PropertiesOf<Name extends ComponentName> = Components[Name]['properties'];

/** What it says; each of them can be replaced by its property `texts`. */
export type TextsOf<Name extends ComponentName> = Components[Name]['texts'];

/** The names of the events that it tells, as in `bind:success`. */
export type EventNameOf<Name extends ComponentName> = keyof Components[Name]['events'];

/** The `detail` of an event: `DetailOf<'phone-button', 'failure'>`. */
export type DetailOf<Name extends ComponentName, Event extends EventNameOf<Name>> = Components[Name]['events'][Event];

/** What a page's handler is given: `onSignedIn(event: EventOf<'phone-button', 'success'>)`. */
export type EventOf<Name extends ComponentName, Event extends EventNameOf<Name>> = ComponentEvent<
  DetailOf<Name, Event>
>;

/** The names of its slots; `''` is the default slot. */
export type SlotOf<Name extends ComponentName> = Components[Name]['slots'];

/** The names of its external classes. */
export type ClassOf<Name extends ComponentName> = Components[Name]['externalClasses'];

/** What may be called on what `selectComponent` gives. */
export type MethodsOf<Name extends ComponentName> = Components[Name]['methods'];
