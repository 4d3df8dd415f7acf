import { isMiniProgram } from '../ports/mini-program.js';
import type { Platform } from '../ports/platform.js';
import { browser } from './kbone/browser.js';
import { type BrowserWindow, globalWindow } from './kbone/window.js';
import { globalHost } from './wechat/host.js';
import { wechatPlatform } from './wechat/platform.js';

export type { BrowserWindow } from './kbone/window.js';

export interface KboneOptions {
  /** The browser's window, where this is no mini-program. Default: the global one. */
  window?: BrowserWindow;
}

/**
 * Wherever kbone runs: WeChat in a mini-program (K-01), else a browser, which can neither log in by itself nor tell a
 * phone number (K-03).
 *
 * @throws Failure `unsupported` where there is neither
 */
export function kbone(options: KboneOptions = {}): Platform {
  if (!isMiniProgram()) return browser(options.window ?? globalWindow());
  // K-02: kbone's button tells no event of the other phone button.
  return wechatPlatform(globalHost(), (abilities) => ({ ...abilities, realtimePhone: false }));
}
