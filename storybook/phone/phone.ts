import { element } from '../element.js';
import { type Look, wear } from '../look.js';
import './phone.css';
import { platforms } from './platforms.js';

export interface PhoneOptions {
  /** What the navigation bar says. */
  title: string;
  look: Look;
}

export interface Phone {
  readonly element: HTMLElement;
  /** Where a page goes. */
  readonly screen: HTMLElement;
  /** What the host shows over the page: its sheets. */
  readonly above: HTMLElement;
  /** Wears another look, with whatever is on its screen. */
  setLook(look: Look): void;
}

/** A phone with WeChat open. It is a picture: only its screen, and what the host shows over it, is live. */
export function createPhone({ title, look }: PhoneOptions): Phone {
  const screen = element('div', { class: 'phone-screen' });
  const above = element('div', { class: 'phone-above' });
  const icons = element('span', { class: 'phone-icons' });
  const capsule = element('span', { class: 'phone-capsule' });
  const phone = element(
    'div',
    { class: 'phone' },
    element('div', { class: 'phone-status', 'aria-hidden': 'true' }, '9:41', icons),
    element('div', { class: 'phone-bar', 'aria-hidden': 'true' }, element('span', {}, title), capsule),
    screen,
    element('div', { class: 'phone-home', 'aria-hidden': 'true' }),
    above,
  );
  const setLook = (next: Look) => {
    wear(phone, next);
    icons.innerHTML = platforms[next.platform].status;
    capsule.innerHTML = platforms[next.platform].capsule;
  };
  setLook(look);
  return { element: phone, screen, above, setLook };
}
