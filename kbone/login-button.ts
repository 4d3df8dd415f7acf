import { controlLoginButton, type LoginButtonGiven } from '../components/login-button/control.js';
import type { LoginButtonEvents, LoginButtonProperties as Native } from '../components/login-button/types.js';
import { hintLine, labelledButton } from './button.js';
import { domOf } from './dom.js';
import { type KboneView, kboneView, type Options, plainLooks, type WithoutSlots } from './view.js';

export type LoginButtonProperties = WithoutSlots<Native>;

const defaults: LoginButtonGiven = {
  ...plainLooks,
  createUser: null,
  withUnionId: null,
  accepted: null,
  fresh: false,
};

/**
 * The `login-button` in kbone's DOM. A browser can log in nobody by itself (K-03): it is for mini-programs.
 *
 * @param document the page's
 */
export function loginButton(
  document: Document,
  options: Options<LoginButtonProperties, LoginButtonEvents> = {},
): KboneView<LoginButtonProperties> {
  const dom = domOf(document);
  return kboneView(
    dom,
    defaults,
    options,
    controlLoginButton,
    (control) => {
      const button = labelledButton(dom, () => control.tap());
      const hint = hintLine(dom);
      return {
        element: dom.box('denglu-login', [button, hint]).element,
        show(view) {
          button.look(view, view.signedIn ? 'denglu-button--signed-in' : '');
          hint.say(view.hint);
        },
      };
    },
    (control, changes) => {
      if ('accepted' in changes) control.refreshTerms();
      else control.refresh();
    },
  );
}
