import { element } from '../element.js';
import { CAPSULE, STATUS } from './icons.js';
import './phone.css';

export type Theme = 'light' | 'dark';

export interface PhoneOptions {
  /** What the navigation bar says. */
  title: string;
  theme: Theme;
}

export interface Phone {
  readonly element: HTMLElement;
  /** Where a page goes. */
  readonly screen: HTMLElement;
}

/** A phone with WeChat open. It is a picture: only its screen is live. */
export function createPhone({ title, theme }: PhoneOptions): Phone {
  const screen = element('div', { class: 'phone-screen' });
  const capsule = element('span', { class: 'phone-capsule' });
  capsule.innerHTML = CAPSULE;
  const status = element('div', { class: 'phone-status', 'aria-hidden': 'true' }, '9:41');
  status.insertAdjacentHTML('beforeend', STATUS);
  return {
    screen,
    element: element(
      'div',
      { class: 'phone', 'data-theme': theme },
      status,
      element('div', { class: 'phone-bar', 'aria-hidden': 'true' }, element('span', {}, title), capsule),
      screen,
      element('div', { class: 'phone-home', 'aria-hidden': 'true' }),
    ),
  };
}
