/** The properties that every component has. */
export const looks = {
  disabled: { type: Boolean, value: false },
  /** `zh` or `en`; empty for the host's language. */
  locale: { type: String, value: '' },
  /** Replacements for single texts. */
  texts: { type: Object, value: {} },
};

/** The properties of those whose button has a slot. */
export const buttonLooks = {
  ...looks,
  /** Whether the slot `label` takes the place of the text. */
  customLabel: { type: Boolean, value: false },
};
