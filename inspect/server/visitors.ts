import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Whether a request was meant for this command: its `Host` is an address, or this machine's own name. The name of a site
 * that had itself resolved to this machine is neither (DNS rebinding).
 *
 * @param names what the listener was asked to be called, besides
 */
export function isMeantForUs({ headers }: IncomingMessage, names: readonly string[]): boolean {
  const name = hostNameOf(headers.host ?? '');
  return isIP(name) !== 0 || name === 'localhost' || names.includes(name);
}

/** Whether a page of this command asks, and not one of another site. */
export function isOurPage({ headers }: IncomingMessage): boolean {
  return headers.origin === `http://${headers.host}`;
}

function hostNameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host)?.[1];
  return bracketed ?? host.replace(/:\d+$/, '').toLowerCase();
}
