import type { ProfileButtonTexts } from '../../../components/profile-button/texts.js';
import type { Press, WechatDevice } from '../../../simulator/index.js';
import { type ComponentPage, loadComponent, type PageOptions } from './component-page.js';
import { nativeButton } from './native-button.js';

/** What a page may set on the button, as its template has it. */
export interface ProfileButtonAttributes {
  desc: string;
  way: string;
  sync: unknown;
  createUser: unknown;
  customForm: boolean;
  disabled: boolean;
  locale: string;
  texts: Partial<ProfileButtonTexts> | null;
  customLabel: boolean;
}

/** What a person sees. */
export interface ProfileLook {
  /** Empty where the form stands in the place of the button. */
  label: string;
  hint: string;
  busy: boolean;
  /** What the host does at a tap; empty on the plain button. */
  openType: string;
  /** The other way in; empty where none is offered. */
  fillIn: string;
  form: boolean;
}

export interface ProfilePage extends ComponentPage<ProfileButtonAttributes> {
  look(): ProfileLook;
  /** A finger presses the button that stands there. */
  press(device: WechatDevice): Press;
  /** A finger taps the other way in. */
  fillIn(): void;
  /** The form that it has opened is submitted. */
  submit(nickname: string): void;
}

/** Loads the built profile button into miniprogram-simulate, and answers what makes pages that use it. */
export function loadProfileButton(folder: string): (options?: PageOptions<ProfileButtonAttributes>) => ProfilePage {
  const events = ['success', 'failure', 'denied', 'change'];
  const load = loadComponent<ProfileButtonAttributes>(folder, 'profile-button', events);
  return (options) => {
    const page = load(options);
    return {
      ...page,
      look: () => ({
        label: page.find('label')?.dom.textContent ?? '',
        hint: page.get('hint').dom.textContent ?? '',
        busy: page.find('spinner') !== undefined,
        openType: String(page.find('button')?.data.openType ?? ''),
        fillIn: page.find('link')?.dom.textContent ?? '',
        form: page.find('inner-form') !== undefined,
      }),
      press(device) {
        const { button, handlers } = nativeButton(page.get('button'));
        return device.press(button, handlers);
      },
      fillIn: () => page.get('link').fire('tap'),
      submit: (nickname) => page.get('inner-form').find('fields')?.fire('submit', { value: { nickname } }),
    };
  };
}
