import type { PhoneButtonTexts } from '../../../components/phone-button/texts.js';
import type { Press, WechatDevice } from '../../../simulator/index.js';
import { type ComponentPage, loadComponent, type PageOptions } from './component-page.js';
import { nativeButton } from './native-button.js';

/** What a page may set on the button, as its template has it. */
export interface PhoneButtonAttributes {
  mode: string;
  createUser: unknown;
  withUnionId: unknown;
  overwrite: boolean;
  realtime: boolean;
  coupled: boolean;
  accepted: unknown;
  disabled: boolean;
  locale: string;
  texts: Partial<PhoneButtonTexts> | null;
  customLabel: boolean;
}

/** What a person sees. */
export interface PhoneLook {
  label: string;
  hint: string;
  busy: boolean;
  disabled: boolean;
  /** What the host does at a tap; empty on the plain button. */
  openType: string;
}

export interface PhonePage extends ComponentPage<PhoneButtonAttributes> {
  look(): PhoneLook;
  /** A finger presses the button that stands there. */
  press(device: WechatDevice): Press;
}

/** Loads the built phone button into miniprogram-simulate, and answers what makes pages that use it. */
export function loadPhoneButton(folder: string): (options?: PageOptions<PhoneButtonAttributes>) => PhonePage {
  const load = loadComponent<PhoneButtonAttributes>(folder, 'phone-button', ['success', 'failure', 'denied', 'change']);
  return (options) => {
    const page = load(options);
    return {
      ...page,
      look: () => ({
        label: page.find('label')?.dom.textContent ?? '',
        hint: page.find('hint')?.dom.textContent ?? '',
        busy: page.find('spinner') !== undefined,
        disabled: page.get('button').data.disabled === true,
        openType: String(page.get('button').data.openType),
      }),
      press(device) {
        const { button, handlers } = nativeButton(page.get('button'));
        return device.press(button, handlers);
      },
    };
  };
}
