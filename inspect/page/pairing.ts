import { element } from '../view/element.js';
import type { Say } from './texts.js';

export interface Pairing {
  readonly element: HTMLElement;
  show(say: Say, isWrong: boolean): void;
}

/** Asks for the token, where the page's address has none, or a wrong one. */
export function createPairing(submit: (token: string) => void): Pairing {
  const wrong = element('p', { role: 'alert' });
  const question = element('p', {});
  const input = element('input', { name: 'token', autocomplete: 'off', spellcheck: 'false' });
  const go = element('button', {});
  const form = element('form', { class: 'pairing' }, wrong, question, input, go);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const token = input.value.trim();
    if (token !== '') submit(token);
  });
  return {
    element: form,
    show(say, isWrong) {
      wrong.textContent = isWrong ? say('wrongToken') : '';
      question.textContent = say('askToken');
      input.setAttribute('aria-label', say('token'));
      go.textContent = say('go');
    },
  };
}
