import { connect } from '../components/agreement/connect.js';
import type { AgreementTexts } from '../components/agreement/texts.js';
import type { AgreementEvents, AgreementProperties as Native } from '../components/agreement/types.js';
import { localeFrom } from '../components/locale.js';
import type { GivenLooks } from '../components/surface.js';
import { hintLine } from './button.js';
import { domOf } from './dom.js';
import { part } from './element.js';
import { type KboneView, type Options, plainLooks, type WithoutSlots } from './view.js';

export interface AgreementProperties extends WithoutSlots<Native> {
  /**
   * What names the terms, where a tap accepts nothing.
   *
   * @default null
   */
  links?: HTMLElement | null;
}

interface Given extends GivenLooks<AgreementTexts> {
  readonly accepted: boolean;
  readonly missing: boolean;
  readonly links: HTMLElement | null;
}

/**
 * The `agreement` in kbone's DOM (G-16).
 *
 * @param document the page's
 */
export function agreement(
  document: Document,
  { on, ...given }: Options<AgreementProperties, AgreementEvents> = {},
): KboneView<AgreementProperties> {
  const dom = domOf(document);
  let properties: Given = { ...plainLooks, accepted: false, missing: false, links: null, ...given };
  let isHeld = true;

  const check = dom.button('denglu-check', tap);
  const mark = dom.text('denglu-check-box');
  const label = dom.text('denglu-check-label');
  const terms = dom.text('denglu-check-terms');
  const row = dom.box('denglu-agreement-row', [check]);
  const hint = hintLine(dom);

  function show() {
    if (!isHeld) return;
    const { links, locale, ...shown } = properties;
    row.hold([check, links && part(links)]);
    const view = connect({ ...shown, customLinks: links !== null }, localeFrom(locale || dom.language));
    mark.set({ class: `denglu-check-box ${view.accepted ? 'denglu-check-box--on' : ''}` });
    label.say(view.label);
    terms.say(view.terms);
    check.hold([mark, label, view.terms ? terms : null]);
    const states = { role: 'checkbox', 'aria-label': view.name, 'aria-checked': String(view.accepted) };
    check.set({
      class: view.disabled ? 'denglu-check denglu-disabled' : 'denglu-check',
      disabled: view.disabled,
      ...dom.aria(states),
    });
    hint.say(view.hint);
  }

  function tap() {
    if (!isHeld || properties.disabled) return;
    const accepted = !properties.accepted;
    properties = { ...properties, accepted };
    show();
    on?.change?.({ accepted });
  }

  show();
  return {
    element: dom.box('denglu denglu-agreement', [row, hint]).element,
    set(changes) {
      properties = { ...properties, ...changes };
      show();
    },
    release() {
      isHeld = false;
    },
  };
}
