import type { Press } from '../host/button.js';
import type { Caller } from '../host/caller.js';
import type { HostStore } from '../host/host-store.js';
import type { Network } from '../host/network.js';
import { createNetworkApis } from '../host/network-apis.js';
import { recorded } from '../host/recorded.js';
import type { Fetch } from '../host/request.js';
import type { Sheets } from '../host/sheets.js';
import { createSocketApis, type WebSocketClass } from '../host/sockets.js';
import { createStorageApis, createSyncStorageApis } from '../host/storage-apis.js';
import type { TemporaryFiles } from '../host/temporary-files.js';
import { isSince } from '../host/versions.js';
import { type AppFacts, createAppApis } from './app-apis.js';
import { createCloudLine } from './cloud-line.js';
import type { Account, WechatCloud } from './cloud-port.js';
import { createConsent } from './consent.js';
import type { HostApi, HostCallName, WechatHost } from './host-object.js';
import { type ButtonHandlers, createNativeButtons, type NativeButton } from './native-button.js';
import type { Privacy } from './privacy.js';
import { createPrivacyApis } from './privacy-apis.js';
import { type AuthSetting, createProfileApis } from './profile-apis.js';
import { createProfiles } from './profiles.js';
import type { Question } from './question.js';
import { createSessionApis } from './session-apis.js';
import { API_SINCE } from './versions.js';

/** The host of one running app, and what the device tells it. */
export interface RunningHost {
  readonly wx: WechatHost;
  press(button: NativeButton, handlers?: ButtonHandlers): Press<Question>;
  shown(): void;
  hidden(): void;
  networkChanged(): void;
  /** The app is gone: it hears nothing more. */
  kill(): void;
}

interface Parts {
  cloud: WechatCloud;
  account: Account;
  facts: AppFacts;
  store: HostStore;
  network: Network;
  fetch: Fetch;
  WebSocket: WebSocketClass | undefined;
  caller: Caller<HostCallName>;
  sheets: Sheets<Question>;
  privacy: Privacy;
  authSetting: AuthSetting;
  files: TemporaryFiles;
  isInGesture(): boolean;
  tap(handler: () => void): void;
  toast(text: string): void;
}

export function createHost(parts: Parts): RunningHost {
  const { cloud, account, facts, store, network, fetch, caller, sheets, privacy, authSetting, files } = parts;
  const { baseLibrary, platform } = facts;
  const version = facts.envVersion === 'release' ? 1 : 0;
  const referer = `https://servicewechat.com/${facts.appId}/${version}/page-frame.html`;
  const line = createCloudLine(cloud, account, network);
  const consent = createConsent(line, privacy, baseLibrary);
  const profiles = createProfiles(line, baseLibrary, facts.publishedAt);
  const networkApis = createNetworkApis({ network, fetch, referer, files, caller });
  const socketApis = createSocketApis({ network, WebSocket: parts.WebSocket });
  const privacyApis = createPrivacyApis(privacy, caller);
  const appApis = createAppApis(facts, (name) => Object.hasOwn(wx, name));
  const asking = { line, caller, consent, sheets, profiles, authSetting, baseLibrary };

  const all: Readonly<Record<HostApi, unknown>> = {
    ...createSessionApis(line, caller),
    ...createStorageApis(store, caller),
    ...createProfileApis({ ...asking, isInGesture: parts.isInGesture }),
    ...privacyApis.later,
    ...networkApis.later,
    ...recorded(caller, {
      ...createSyncStorageApis(store),
      ...networkApis.atOnce,
      ...socketApis.atOnce,
      ...privacyApis.atOnce,
      ...appApis.atOnce,
    }),
  };
  const isHere = ([name]: [string, unknown]) => isSince(baseLibrary, API_SINCE[name] ?? '0');
  const wx: object = Object.fromEntries(Object.entries(all).filter(isHere));
  const buttons = createNativeButtons({ ...asking, privacy, files, platform, tap: parts.tap, toast: parts.toast });

  return {
    // The typings promise answers that the host does not give (W-01), and more of each result than flows read.
    wx: wx as WechatHost,
    press: buttons.press,
    shown: appApis.shown,
    hidden: appApis.hidden,
    networkChanged() {
      if (!network.online) socketApis.dropSockets();
      networkApis.networkChanged();
    },
    kill() {
      caller.kill();
      networkApis.dropRequests();
      socketApis.kill();
    },
  };
}
