/**
 * A value that programs may pass around but nobody may read by accident: a token, a login code, a password.
 *
 * It lives in a closure: text and JSON made of it say `[secret]`, and consoles and inspectors do not see it (G-23).
 */
export interface Secret {
  /** The value itself. Call it only where the value leaves for the host, the backend or the store. */
  reveal(): string;
  toJSON(): string;
  toString(): string;
}

const mask = () => '[secret]';

/**
 * Wraps a value that must not leak into logs, errors or inspectors.
 *
 * @param value the plain text to guard
 */
export function secret(value: string): Secret {
  return { reveal: () => value, toJSON: mask, toString: mask };
}
