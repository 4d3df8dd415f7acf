import { type AppFacts, createAppApis } from './app-apis.js';
import type { Caller } from './caller.js';
import type { Account, WechatCloud } from './cloud-port.js';
import type { HostApi, WechatHost } from './host-object.js';
import type { HostStore } from './host-store.js';
import type { Network } from './network.js';
import { createNetworkApis } from './network-apis.js';
import type { Fetch } from './request.js';
import { createSessionApis } from './session-apis.js';
import { createStorageApis, createSyncStorageApis } from './storage-apis.js';
import { API_SINCE, compareVersions } from './versions.js';

/** The host of one running app, and what the device tells it. */
export interface RunningHost {
  readonly wx: WechatHost;
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
  caller: Caller;
}

export function createHost({ cloud, account, facts, store, network, fetch, caller }: Parts): RunningHost {
  const version = facts.envVersion === 'release' ? 1 : 0;
  const referer = `https://servicewechat.com/${facts.appId}/${version}/page-frame.html`;
  const networkApis = createNetworkApis({ network, fetch, referer, caller });
  const appApis = createAppApis(facts, (name) => Object.hasOwn(wx, name));

  const all: Readonly<Record<HostApi, unknown>> = {
    ...createSessionApis({ cloud, account, network, caller }),
    ...createStorageApis(store, caller),
    ...networkApis.later,
    ...recorded(caller, { ...createSyncStorageApis(store), ...networkApis.atOnce, ...appApis.atOnce }),
  };
  const isHere = ([name]: [string, unknown]) => compareVersions(facts.baseLibrary, API_SINCE[name] ?? '0') >= 0;
  const wx: object = Object.fromEntries(Object.entries(all).filter(isHere));

  return {
    // The typings promise answers that the host does not give (W-01), and more of each result than flows read.
    wx: wx as WechatHost,
    shown: appApis.shown,
    hidden: appApis.hidden,
    networkChanged: networkApis.networkChanged,
    kill() {
      caller.kill();
      networkApis.dropRequests();
    },
  };
}

type AtOnce = (...args: never[]) => unknown;

/** The same functions; their calls are logged, and may throw by fault. */
function recorded<K extends HostApi>(caller: Caller, apis: Record<K, AtOnce>): Record<K, AtOnce> {
  const result = { ...apis };
  for (const api in apis) {
    const work = apis[api];
    result[api] = (...args) => caller.callSync(api, () => work(...args));
  }
  return result;
}
