/** The host's global object, where the app's auth is registered; `null` outside every known host. */
export function hostObject(): object | null {
  return typeof wx === 'object' ? wx : null;
}

/** Whether the host's button may choose a picture (W-11); where the host does not say, it is believed to. */
export function canChooseAvatar(): boolean {
  if (typeof wx !== 'object' || typeof wx.canIUse !== 'function') return true;
  return wx.canIUse('button.open-type.chooseAvatar');
}
