import { controlLinkAccount, type LinkAccountGiven } from '../components/link-account/control.js';
import type { LinkAccountEvents, LinkAccountProperties as Native } from '../components/link-account/types.js';
import { hintLine, labelledButton, submitForm } from './button.js';
import { domOf } from './dom.js';
import { type KboneView, kboneView, type Options, plainLooks, type WithoutSlots } from './view.js';

export type LinkAccountProperties = WithoutSlots<Native>;

const defaults: LinkAccountGiven = { ...plainLooks, mode: 'register', by: '', withUnionId: null };

/**
 * The `link-account` form in kbone's DOM. In a browser, where there is nothing to link, it signs in by password (K-03).
 *
 * @param document the page's
 */
export function linkAccount(
  document: Document,
  options: Options<LinkAccountProperties, LinkAccountEvents> = {},
): KboneView<LinkAccountProperties> {
  const dom = domOf(document);
  return kboneView(
    dom,
    defaults,
    options,
    controlLinkAccount,
    (control) => {
      const title = dom.box('denglu-title');
      const note = dom.box('denglu-note');
      note.set(dom.aria({ 'aria-live': 'polite' }));
      const name = dom.input('denglu-input denglu-name', {
        name: 'name',
        maxlength: '254',
        'confirm-type': dom.isNative && 'next',
        ...dom.aria({ autocomplete: 'username', autocapitalize: 'none' }),
      });
      const password = dom.input('denglu-input denglu-password', {
        name: 'password',
        type: 'password',
        maxlength: '128',
      });
      // What was typed is read where it stands, and kept nowhere else (G-23).
      const { form: fields, button: send } = submitForm(dom, () =>
        control.submit({ name: name.element.value, password: password.element.value }),
      );
      fields.hold([name, password, send]);
      const act = labelledButton(dom, () => control.act());
      const other = dom.button('denglu-other', () => control.other());
      const others = dom.box('denglu-others');
      const hint = hintLine(dom);
      const root = dom.box('denglu denglu-link-account');

      return {
        element: root.element,
        show(view) {
          title.say(view.title);
          note.say(view.note);
          hint.say(view.hint);
          const { disabled, nameLabel, passwordLabel, otherDisabled } = view;
          name.set({ placeholder: nameLabel, disabled, ...dom.aria({ 'aria-label': nameLabel }) });
          password.set({ placeholder: passwordLabel, disabled, ...dom.aria({ 'aria-label': passwordLabel }) });
          const look = { ...view, label: view.action };
          const isForm = view.stage === 'form';
          if (isForm) send.look(look);
          else act.look(look);
          if (view.stage === 'done') password.element.value = '';
          other.say(view.other);
          other.set({
            class: otherDisabled ? 'denglu-other denglu-disabled' : 'denglu-other',
            disabled: otherDisabled,
          });
          others.hold([view.other ? other : null]);
          root.hold([title, note, isForm ? fields : view.stage === 'done' ? null : act, hint, others]);
        },
      };
    },
    (control, changes) => {
      if ('mode' in changes) control.refreshMode();
      control.refresh();
    },
  );
}
