import { isMiniProgram } from '../ports/mini-program.js';
import { type Attributes, type Part, part } from './element.js';

/** Makes elements of a page: kbone's own in a mini-program, plain ones in a browser (K-02, K-03). */
export interface Dom {
  /** Whether the host's buttons are to be had. */
  readonly isNative: boolean;
  /** The host's global object, where the app's auth is registered. */
  readonly host: object | null;
  /** The browser's language; empty in a mini-program, whose components ask the host. */
  readonly language: string;
  box(className: string, children?: readonly Part[]): Part;
  text(className: string): Part;
  image(className: string): Part;
  input(className: string, attributes: Attributes): Part<HTMLInputElement>;
  /** `native`: attributes that only the host's button knows. */
  button(className: string, onTap: () => void, native?: Attributes): Part;
  /** What sends its fields off by its button, and in a browser by the key that does so. */
  form(onSubmit: () => void): { form: Part; button: Part };
  /** What tells screen readers; kbone's own templates have no place for it. */
  aria(attributes: Attributes): Attributes;
}

/** @param document the page's, of kbone or of a browser */
export function domOf(document: Document): Dom {
  const isNative = isMiniProgram();
  const aria = (attributes: Attributes): Attributes => (isNative ? {} : attributes);
  const make = (tag: string, className: string, attributes: Attributes = {}) =>
    part(document.createElement(tag), { class: className, ...attributes });

  const nativeButton = (className: string, onTap: () => void, native: Attributes = {}) => {
    const button = make('wx-button', className, { 'hover-class': 'denglu-button--hover', ...native });
    button.element.addEventListener('click', onTap);
    return button;
  };

  return {
    isNative,
    host: isNative ? wx : document.defaultView,
    language: isNative ? '' : (document.defaultView?.navigator.language ?? ''),
    aria,
    box(className, children = []) {
      const box = make('div', className);
      box.hold(children);
      return box;
    },
    text: (className) => make('span', className),
    image: (className) => make('img', className, { mode: isNative && 'aspectFill', ...aria({ 'aria-hidden': true }) }),
    input: (className, attributes) => part(document.createElement('input'), { class: className, ...attributes }),
    button(className, onTap, native) {
      if (isNative) return nativeButton(className, onTap, native);
      const button = make('button', className, { type: 'button' });
      button.element.addEventListener('click', onTap);
      return button;
    },
    form(onSubmit) {
      // A host's form does not reach into kbone's elements.
      if (isNative) return { form: make('div', 'denglu-fields'), button: nativeButton('denglu-button', onSubmit) };
      const form = make('form', 'denglu-fields');
      form.element.addEventListener('submit', (event) => {
        event.preventDefault();
        onSubmit();
      });
      return { form, button: make('button', 'denglu-button', { type: 'submit' }) };
    },
  };
}

/** The `detail` of a host's event; a browser's events have none. */
export function detailOf(event: Event): unknown {
  return Reflect.get(event, 'detail');
}
