import { element } from '../view/element.js';
import type { Say } from './texts.js';

/** Asks for the token, where the page's address has none, or a wrong one. */
export function pairingForm(say: Say, isWrong: boolean, submit: (token: string) => void): HTMLElement {
  const input = element('input', {
    name: 'token',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': say('token'),
  });
  const form = element(
    'form',
    { class: 'pairing' },
    element('p', { role: 'alert' }, isWrong ? say('wrongToken') : ''),
    element('p', {}, say('askToken')),
    input,
    element('button', {}, say('go')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const token = input.value.trim();
    if (token !== '') submit(token);
  });
  return form;
}
