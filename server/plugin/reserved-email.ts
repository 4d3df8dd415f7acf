import { randomUUID } from 'node:crypto';

/** A domain that nobody can own (RFC 2606). */
const DOMAIN = '@denglu.invalid';

/** An address for a user who has none: better-auth's user table wants one, and wants it to be unique. */
export function reservedEmail(): string {
  return `${randomUUID()}${DOMAIN}`;
}

/** Whether a request names a reserved address, to match a user by it or to take it. */
export function namesReservedEmail(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.values(body).some(isReserved);
}

/**
 * The same adapter, whose rows hold '' where a reserved address stands in the table. Hidden there, it reaches no answer,
 * hook or cookie of better-auth, whichever plugin makes it.
 *
 * @param adapter better-auth's database adapter
 */
export function hideReservedEmails<Adapter extends object>(adapter: Adapter): Adapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'transaction') {
        return (work: (adapter: object) => unknown) =>
          member.call(target, (inner: object) => work(hideReservedEmails(inner)));
      }
      return async (...query: unknown[]) => hidden(await member.apply(target, query));
    },
  });
}

/** Rows are made for the one who asked, so they may be changed. */
function hidden(value: unknown): unknown {
  if (isReserved(value)) return '';
  if (typeof value !== 'object' || value === null) return value;
  for (const [name, part] of Object.entries(value)) Reflect.set(value, name, hidden(part));
  return value;
}

/** Whether this is such an address. */
export function isReserved(value: unknown): boolean {
  return typeof value === 'string' && value.trim().toLowerCase().endsWith(DOMAIN);
}
