import { Blob } from 'node:buffer';
import { vi } from 'vitest';

/** jsdom's forms are none to Node's `fetch`: what a host sends is made of Node's own. */
export async function useHostForms(): Promise<void> {
  const empty = await new Response('', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }).formData();
  vi.stubGlobal('FormData', empty.constructor);
  vi.stubGlobal('Blob', Blob);
}
