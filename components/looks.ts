import type { Locale } from '../ports/failure.js';

/** The properties that nearly every component has. */
export interface Looks<Texts> {
  /** @default false */
  disabled?: boolean;
  /**
   * Empty for the host's language.
   *
   * @default ''
   */
  locale?: Locale | '';
  /**
   * Replacements for single texts; an empty one replaces nothing.
   *
   * @default {}
   */
  texts?: Partial<Texts>;
}

/** The properties of those whose button has a slot. */
export interface ButtonLooks<Texts> extends Looks<Texts> {
  /**
   * Whether the slot `label` takes the place of the text.
   *
   * @default false
   */
  customLabel?: boolean;
}

export const looks = {
  disabled: { type: Boolean, value: false },
  locale: { type: String, value: '' },
  texts: { type: Object, value: {} },
};

export const buttonLooks = {
  ...looks,
  customLabel: { type: Boolean, value: false },
};
