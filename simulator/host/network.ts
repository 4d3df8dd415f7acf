import type { HostFailure } from './host-failure.js';

/** What a host calls the failures of its network. */
export interface NetworkFailures {
  disconnected(): HostFailure;
  unreachable(): HostFailure;
  interrupted(): HostFailure;
}

/** A device's network. */
export interface Network {
  online: boolean;
  /** @throws HostFailure while there is no network */
  require(): void;
  /** There is a network, but nobody answers at the other end. */
  unreachable(): HostFailure;
  /** The network went while somebody was waiting for it. */
  interrupted(): HostFailure;
}

export function createNetwork({ disconnected, unreachable, interrupted }: NetworkFailures): Network {
  const network: Network = {
    online: true,
    require() {
      if (!network.online) throw disconnected();
    },
    unreachable,
    interrupted,
  };
  return network;
}
