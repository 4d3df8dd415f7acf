import type { Press } from '../host/button.js';
import type { Caller } from '../host/caller.js';
import type { HostStore } from '../host/host-store.js';
import type { Network } from '../host/network.js';
import { createNetworkApis } from '../host/network-apis.js';
import { recorded } from '../host/recorded.js';
import type { Fetch } from '../host/request.js';
import type { Sheets } from '../host/sheets.js';
import { createStorageApis, createSyncStorageApis } from '../host/storage-apis.js';
import type { TemporaryFiles } from '../host/temporary-files.js';
import { createAppApis, type SwanFacts } from './app-apis.js';
import { createBaiduLine } from './cloud-line.js';
import type { BaiduAccount, BaiduCloud } from './cloud-port.js';
import type { Consents } from './consents.js';
import type { SwanApi, SwanCallName, SwanHost, SwanQuestion } from './host-object.js';
import type { LoginState } from './login-state.js';
import { createNativeButtons, type SwanButton, type SwanButtonHandlers } from './native-button.js';
import { createProfileApis } from './profile-apis.js';
import { createSessionApis } from './session-apis.js';

/** The host of one running app, and what the device tells it. */
export interface RunningSwan {
  readonly swan: SwanHost;
  press(button: SwanButton, handlers?: SwanButtonHandlers): Press<SwanQuestion>;
  shown(): void;
  hidden(): void;
  networkChanged(): void;
  /** The app is gone: it hears nothing more. */
  kill(): void;
}

interface Parts {
  cloud: BaiduCloud;
  account: BaiduAccount;
  facts: SwanFacts;
  store: HostStore;
  network: Network;
  fetch: Fetch;
  caller: Caller<SwanCallName>;
  sheets: Sheets<SwanQuestion>;
  consents: Consents;
  login: LoginState;
  asksToSignIn: boolean;
  errCodeAs: 'number' | 'text';
  files: TemporaryFiles;
  tap(handler: () => void): void;
}

export function createSwan(parts: Parts): RunningSwan {
  const { cloud, account, facts, store, network, fetch, caller, sheets, consents, login, files } = parts;
  const { baseLibrary } = facts;
  const referer = `https://smartapp.baidu.com/${account.appKey}/page-frame.html`;
  const line = createBaiduLine(cloud, account, network);
  const asking = { line, caller, sheets, consents, login, baseLibrary };
  const { asksToSignIn, errCodeAs } = parts;
  const sessionApis = createSessionApis({ ...asking, asksToSignIn, errCodeAs });
  const networkApis = createNetworkApis({ network, fetch, referer, files, caller });
  const appApis = createAppApis(facts, (name) => Object.hasOwn(swan, name));
  const buttons = createNativeButtons({ ...asking, tap: parts.tap });

  const all: Readonly<Record<SwanApi, unknown>> = {
    ...sessionApis.later,
    ...createStorageApis(store, caller),
    ...createProfileApis(asking),
    ...networkApis.later,
    ...recorded(caller, {
      ...sessionApis.atOnce,
      ...createSyncStorageApis(store),
      ...networkApis.atOnce,
      ...appApis.atOnce,
    }),
  };
  // Faults may answer anything in the place of what an API promises.
  const swan = all as SwanHost;

  return {
    swan,
    press: buttons.press,
    shown: appApis.shown,
    hidden: appApis.hidden,
    networkChanged: networkApis.networkChanged,
    kill() {
      caller.kill();
      networkApis.dropRequests();
    },
  };
}
