import type { AvatarNicknameTexts } from '../../../components/avatar-nickname/texts.js';
import type { NicknameInput, Press, WechatDevice } from '../../../simulator/index.js';
import { type ComponentPage, loadComponent, type PageOptions } from './component-page.js';
import { nativeButton } from './native-button.js';

/** What a page may set on the form, as its template has it. */
export interface FormAttributes {
  sync: unknown;
  disabled: boolean;
  locale: string;
  texts: Partial<AvatarNicknameTexts> | null;
}

/** What a person sees. */
export interface FormLook {
  /** The picture; empty where there is none. */
  avatar: string;
  /** What the input begins with. */
  nickname: string;
  label: string;
  hint: string;
  busy: boolean;
}

export interface FormPage extends ComponentPage<FormAttributes> {
  look(): FormLook;
  /** A finger presses the picture. */
  pressAvatar(device: WechatDevice): Press;
  /** The input of the name, on the host. */
  nickname(device: WechatDevice): NicknameInput;
  /** The form is submitted, with what stands in the input. */
  submit(nickname: string): void;
}

/** Loads the built form into miniprogram-simulate, and answers what makes pages that use it. */
export function loadForm(folder: string): (options?: PageOptions<FormAttributes>) => FormPage {
  const load = loadComponent<FormAttributes>(folder, 'avatar-nickname', ['success', 'failure', 'change']);
  return (options) => {
    const page = load(options);
    return {
      ...page,
      look: () => ({
        avatar: String(page.find('picture')?.data.src ?? ''),
        nickname: String(page.get('nickname').data.value),
        label: page.get('label').dom.textContent ?? '',
        hint: page.get('hint').dom.textContent ?? '',
        busy: page.find('spinner') !== undefined,
      }),
      pressAvatar(device) {
        const { button, handlers } = nativeButton(page.get('avatar'));
        return device.press(button, handlers);
      },
      nickname(device) {
        const input = page.get('nickname');
        return device.nicknameInput({
          input: ({ detail }) => input.fire('input', detail),
          confirm: ({ detail }) => input.fire('confirm', detail),
          blur: ({ detail }) => input.fire('blur', detail),
          nicknamereview: ({ detail }) => input.fire('nicknamereview', detail),
        });
      },
      submit: (nickname) => page.get('fields').fire('submit', { value: { nickname } }),
    };
  };
}
