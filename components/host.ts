/** What components use of Baidu's host object: there is no typings package to take it from (B-11). */
interface SwanForComponents {
  canIUse?(schema: string): boolean;
  getSystemInfoSync?(): { language?: string };
}

declare const swan: SwanForComponents | undefined;

/** Baidu's host object; `null` on any other host. */
export function swanObject(): SwanForComponents | null {
  return typeof wx !== 'object' && typeof swan === 'object' ? swan : null;
}

/** The host's global object, where the app's auth is registered; `null` outside every known host. */
export function hostObject(): object | null {
  return typeof wx === 'object' ? wx : swanObject();
}

/** Whether the host's button may choose a picture (W-11); where the host does not say, it is believed to. */
export function canChooseAvatar(): boolean {
  if (swanObject()) return false;
  if (typeof wx !== 'object' || typeof wx.canIUse !== 'function') return true;
  return wx.canIUse('button.open-type.chooseAvatar');
}

/**
 * Whether a button of the host signs the person in to the host itself (B-01), for whoever is `host-signed-out`. A host that
 * does not say is believed to have one: there is no other way in.
 */
export function hasHostLogin(): boolean {
  const host = swanObject();
  if (!host) return false;
  try {
    return host.canIUse?.('button.open-type.login') !== false;
  } catch {
    return true;
  }
}
