/** The host's global object, where the app's auth is registered; `null` outside every known host. */
export function hostObject(): object | null {
  return typeof wx === 'object' ? wx : null;
}
