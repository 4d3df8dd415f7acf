import { networkInterfaces } from 'node:os';

/**
 * Where a listener can be reached.
 *
 * @param host what it was asked to listen on
 * @returns names or addresses, as they stand in a URL
 */
export function addressesOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [inUrl(host)];
  const own = Object.values(networkInterfaces()).flatMap((faces) => faces ?? []);
  const others = own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  return ['127.0.0.1', ...others];
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
