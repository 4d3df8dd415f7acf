import {
  controlPhoneButton,
  type PhoneButtonControl,
  type PhoneButtonGiven,
} from '../components/phone-button/control.js';
import type { PhoneButtonProperties as Native, PhoneButtonEvents } from '../components/phone-button/types.js';
import { hintLine, labelledButton } from './button.js';
import { detailOf, domOf } from './dom.js';
import { type KboneView, kboneView, type Options, plainLooks, type WithoutSlots } from './view.js';

/** Those of `phone-button`, without what kbone's own button cannot tell (K-02). */
export type PhoneButtonProperties = WithoutSlots<Native, 'realtime'>;

/** A phone button on a page. */
export interface PhoneButtonPart extends KboneView<PhoneButtonProperties> {
  /** Its page lies under another, or the app in the background: nothing is made ready there (G-02). */
  hide(): void;
  /** Its page is seen again. */
  show(): void;
}

const defaults: PhoneButtonGiven = {
  ...plainLooks,
  mode: 'signIn',
  createUser: null,
  withUnionId: null,
  overwrite: true,
  realtime: false,
  coupled: false,
  accepted: null,
};

/**
 * The `phone-button` in kbone's DOM. In a browser it says that this is not to be had (K-03).
 *
 * @param document the page's
 */
export function phoneButton(
  document: Document,
  options: Options<PhoneButtonProperties, PhoneButtonEvents> = {},
): PhoneButtonPart {
  const dom = domOf(document);
  let held: PhoneButtonControl | null = null;
  const view = kboneView(
    dom,
    defaults,
    options,
    controlPhoneButton,
    (control) => {
      held = control;
      // Two elements, so that no tap on one is taken for a tap on the other (G-15, G-16).
      const live = labelledButton(dom, () => control.tap(), {
        'phone-number-no-quota-toast': 'false',
      });
      live.element.addEventListener('getphonenumber', (event) => control.answer(detailOf(event)));
      const plain = labelledButton(dom, () => control.want());
      const cover = dom.box('denglu-cover');
      const place = dom.box('denglu-place');
      const hint = hintLine(dom);
      return {
        element: dom.box('denglu-phone', [place, hint]).element,
        show(view) {
          const button = view.live ? live : plain;
          live.set({ 'open-type': view.openType });
          button.look(view);
          place.hold([button, view.busy ? cover : null]);
          hint.say(view.hint);
        },
      };
    },
    (control, changes) => {
      if ('accepted' in changes) control.refreshTerms();
      control.refresh();
    },
  );
  return { ...view, hide: () => held?.setHidden(true), show: () => held?.setHidden(false) };
}
