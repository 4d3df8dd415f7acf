import { type AvatarNicknameGiven, controlAvatarNickname } from '../components/avatar-nickname/control.js';
import type { AvatarNicknameEvents, AvatarNicknameProperties as Native } from '../components/avatar-nickname/types.js';
import { hintLine, submitForm } from './button.js';
import { type Dom, detailOf, domOf } from './dom.js';
import type { Part } from './element.js';
import { type KboneView, kboneView, type Options, plainLooks, type WithoutSlots } from './view.js';

export type AvatarNicknameProperties = WithoutSlots<Native>;

const defaults: AvatarNicknameGiven = { ...plainLooks, sync: null };

/**
 * The `avatar-nickname` form in kbone's DOM. kbone tells no review of the name (W-12): the server has to judge it.
 *
 * @param document the page's
 */
export function avatarNickname(
  document: Document,
  options: Options<AvatarNicknameProperties, AvatarNicknameEvents> = {},
): KboneView<AvatarNicknameProperties> {
  return avatarNicknameForm(document, options);
}

/** The same, for properties that are passed on as they came. */
export function avatarNicknameForm(
  document: Document,
  options: Options<AvatarNicknameGiven, AvatarNicknameEvents>,
): KboneView<AvatarNicknameGiven> {
  const dom = domOf(document);
  return kboneView(dom, defaults, options, controlAvatarNickname, (control) => {
    const picture = dom.image('denglu-picture');
    const noPicture = dom.text('denglu-no-picture');
    noPicture.say('+');
    const avatar = avatarButton(dom, (path) => control.chooseAvatar(path));
    const nickname = dom.input('denglu-nickname', { type: dom.isNative ? 'nickname' : 'text', name: 'nickname' });
    nickname.element.addEventListener('input', () => control.type());
    let written = '';
    let isBusy = false;
    const { form: fields, button: save } = submitForm(dom, () => control.submit(nickname.element.value));
    const cover = dom.box('denglu-cover');
    const place = dom.box('denglu-place');
    const hint = hintLine(dom);

    return {
      element: dom.box('denglu-form', [place, hint]).element,
      show(view) {
        picture.set({ src: view.avatar });
        avatar.face.hold([view.avatar ? picture : noPicture]);
        avatar.name(view.choose);
        // What the person has typed is in the input already.
        if (view.nickname !== written) nickname.element.value = view.nickname;
        written = view.nickname;
        const { placeholder, disabled } = view;
        nickname.set({ placeholder, disabled, ...dom.aria({ 'aria-label': placeholder }) });
        save.look(view);
        fields.hold([view.canChoose ? avatar.face : null, nickname, save]);
        place.hold([fields, view.busy || view.disabled ? cover : null]);
        hint.say(view.hint);
        isBusy = view.busy;
        if (!isBusy) avatar.keepOnly(view.avatar);
      },
      release() {
        avatar.release();
        // What is being sent is still read, though the page be gone (G-17).
        if (!isBusy) avatar.keepOnly('');
      },
    };
  });
}

interface AvatarButton {
  readonly face: Part;
  name(text: string): void;
  /** A browser holds a picture for as long as it has an address: all but this one are given back. */
  keepOnly(path: string): void;
  /** No picture is taken any more. */
  release(): void;
}

/** The host's button that chooses a picture (W-11), or a browser's own way to choose a file. */
function avatarButton(dom: Dom, choose: (path: string) => void): AvatarButton {
  if (dom.isNative) {
    const face = dom.button('denglu-avatar', () => {}, { 'open-type': 'chooseAvatar' });
    face.element.addEventListener('chooseavatar', (event) => {
      const detail = detailOf(event);
      const path: unknown = typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'avatarUrl') : '';
      if (typeof path === 'string' && path) choose(path);
    });
    return { face, name() {}, keepOnly() {}, release() {} };
  }
  const addresses = new Set<string>();
  let isHeld = true;
  const file = dom.input('denglu-file', { type: 'file', accept: 'image/*', hidden: true });
  file.element.addEventListener('change', () => {
    const chosen = file.element.files?.[0];
    if (chosen && isHeld) {
      const address = URL.createObjectURL(chosen);
      addresses.add(address);
      choose(address);
    }
    file.element.value = '';
  });
  const face = dom.button('denglu-avatar', () => file.element.click());
  return {
    face,
    name: (text) => face.set({ 'aria-label': text }),
    keepOnly(path) {
      for (const address of addresses) {
        if (address === path) continue;
        URL.revokeObjectURL(address);
        addresses.delete(address);
      }
    },
    release() {
      isHeld = false;
    },
  };
}
