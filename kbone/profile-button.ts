import type { AvatarNicknameGiven } from '../components/avatar-nickname/control.js';
import type { AvatarNicknameTexts } from '../components/avatar-nickname/texts.js';
import { controlProfileButton, type ProfileButtonGiven } from '../components/profile-button/control.js';
import type { ProfileButtonProperties as Native, ProfileButtonEvents } from '../components/profile-button/types.js';
import { avatarNicknameForm } from './avatar-nickname.js';
import { hintLine, labelledButton } from './button.js';
import { detailOf, domOf } from './dom.js';
import { part } from './element.js';
import { type KboneView, kboneView, type Options, plainLooks, type WithoutSlots } from './view.js';

export type ProfileButtonProperties = WithoutSlots<Native>;

interface Given extends ProfileButtonGiven {
  readonly formTexts: Partial<AvatarNicknameTexts> | null;
}

const defaults: Given = {
  ...plainLooks,
  desc: '',
  way: '',
  sync: null,
  createUser: null,
  withUnionId: null,
  formTexts: null,
};

/**
 * The `profile-button` in kbone's DOM, with the form that it may open.
 *
 * @param document the page's
 */
export function profileButton(
  document: Document,
  options: Options<ProfileButtonProperties, ProfileButtonEvents> = {},
): KboneView<ProfileButtonProperties> {
  const dom = domOf(document);
  const given: Options<Given, ProfileButtonEvents> = options;
  let form: KboneView<AvatarNicknameGiven> | null = null;
  const view = kboneView(dom, defaults, given, controlProfileButton, (control) => {
    const ownButton = labelledButton(dom, () => control.hostTap(), { 'open-type': 'getUserInfo' });
    ownButton.element.addEventListener('getuserinfo', (event) => control.answer(detailOf(event)));
    const plain = labelledButton(dom, () => control.tap());
    const cover = dom.box('denglu-cover');
    const place = dom.box('denglu-place');
    const hint = hintLine(dom);
    const link = dom.button('denglu-link', () => control.fillIn());
    const root = dom.box('denglu-profile');

    const openForm = (properties: AvatarNicknameGiven) => {
      if (form) form.set(properties);
      else {
        const on = { success: control.formSaved, failure: control.formFailed, denied: control.formDenied };
        form = avatarNicknameForm(document, { ...properties, on });
      }
      return part(form.element);
    };
    const closeForm = () => {
      form?.release();
      form = null;
      return null;
    };

    return {
      element: root.element,
      show(view, { sync, disabled, locale, formTexts }) {
        const button = view.hostButton ? ownButton : plain;
        button.look(view);
        place.hold([button, view.busy ? cover : null]);
        hint.say(view.hint);
        link.say(view.fillIn);
        link.set({ class: disabled ? 'denglu-link denglu-disabled' : 'denglu-link', disabled });
        const opened = view.form ? openForm({ sync, disabled, locale, texts: formTexts }) : closeForm();
        root.hold([view.form ? null : place, hint, view.fillIn ? link : null, opened]);
      },
    };
  });
  return {
    ...view,
    release() {
      form?.release();
      view.release();
    },
  };
}
