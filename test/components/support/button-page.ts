import type { LoginButtonProps } from '../../../components/login-button/connect.js';
import { type ComponentPage, loadComponent, type PageOptions } from './component-page.js';

/** What a page may set on the button. */
export interface ButtonProps extends Pick<LoginButtonProps, 'disabled' | 'texts'> {
  /** As the page's template has it: a switch, a text, or nothing. */
  createUser: unknown;
  withUnionId: unknown;
  accepted: unknown;
  locale: string;
  customLabel: boolean;
}

/** What a person sees, and a screen reader says. */
export interface Look {
  label: string;
  hint: string;
  busy: boolean;
  signedIn: boolean;
  disabled: boolean;
}

/** What the button is made of, by their classes; `button` is the native one. */
export type PartName = 'button' | 'label' | 'hint' | 'spinner';

/** A page with one button on it. */
export interface ButtonPage extends ComponentPage<ButtonProps> {
  look(): Look;
  /** A part of the button on the screen; `undefined` where it is not there. */
  part(name: PartName): HTMLElement | undefined;
}

/**
 * Loads the built login button into miniprogram-simulate.
 *
 * @param folder where the native package is
 * @returns makes pages that use it
 */
export function loadLoginButton(folder: string): (options?: PageOptions<ButtonProps>) => ButtonPage {
  const load = loadComponent<ButtonProps>(folder, 'login-button', ['success', 'failure', 'change']);
  return (options) => {
    const page = load(options);
    const part: ButtonPage['part'] = (name) => page.find(name)?.dom;
    return {
      ...page,
      part,
      look: () => ({
        label: part('label')?.textContent ?? '',
        hint: part('hint')?.textContent ?? '',
        busy: part('spinner') !== undefined,
        signedIn: page.get('button').dom.className.includes('denglu-button--signed-in'),
        disabled: page.get('button').data.disabled === true,
      }),
    };
  };
}
