import type { Call, Callbacks, Caller, CallHandle } from './caller.js';
import { HostFailure } from './host-failure.js';
import { createListeners } from './listeners.js';
import type { Network } from './network.js';
import { type Fetch, type RequestOption, sendRequest } from './request.js';
import type { TemporaryFiles } from './temporary-files.js';
import { sendUpload, type UploadOption } from './upload.js';

type NetworkApi = 'request' | 'uploadFile' | 'getNetworkType';

interface Parts {
  network: Network;
  fetch: Fetch;
  /** What the host sends as the `Referer`, and apps cannot change. */
  referer: string;
  files: TemporaryFiles;
  caller: Caller<NetworkApi>;
}

/** `request`, `uploadFile`, and what the host tells of its network. */
export function createNetworkApis({ network, fetch, referer, files, caller }: Parts) {
  const requests = new Set<CallHandle>();
  const changes = createListeners<{ isConnected: boolean; networkType: string }>();
  const networkType = () => (network.online ? 'wifi' : 'none');

  const dropRequests = () => {
    for (const request of requests) request.end(network.interrupted());
  };

  const send = (api: NetworkApi, option: Callbacks & { timeout?: number }, work: Call<NetworkApi>['work']) => {
    const handle = caller.call({
      api,
      callbacks: {
        ...option,
        complete(result) {
          requests.delete(handle);
          option.complete?.(result);
        },
      },
      timeout: option.timeout ?? REQUEST_TIMEOUT,
      work,
    });
    requests.add(handle);
    return { abort: () => handle.end(new HostFailure('abort')) };
  };

  return {
    later: {
      request: (option: Callbacks & RequestOption & { timeout?: number }) =>
        send('request', option, (signal) => sendRequest({ network, fetch, referer, option, signal })),
      uploadFile: (option: Callbacks & UploadOption & { timeout?: number }) =>
        send('uploadFile', option, (signal) => sendUpload({ network, fetch, referer, files, option, signal })),
      getNetworkType(option: Callbacks = {}) {
        caller.call({ api: 'getNetworkType', callbacks: option, work: () => ({ networkType: networkType() }) });
      },
    },
    atOnce: {
      onNetworkStatusChange: changes.on,
      offNetworkStatusChange: changes.off,
    },
    dropRequests,
    networkChanged() {
      if (!network.online) dropRequests();
      changes.emit({ isConnected: network.online, networkType: networkType() });
    },
  };
}

/** The host's default, in milliseconds. */
const REQUEST_TIMEOUT = 60_000;
