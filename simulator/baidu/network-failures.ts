import { HostFailure } from '../host/host-failure.js';
import type { NetworkFailures } from '../host/network.js';

/** B-04: on Android whatever goes wrong with a request is 1001, execution failed; iOS has a number for the network. */
export function networkFailures(platform: 'ios' | 'android'): NetworkFailures {
  const errCode = platform === 'ios' ? 10002 : 1001;
  return {
    disconnected: () => new HostFailure('network is disconnected', { errCode }),
    unreachable: () => new HostFailure('network request failed', { errCode }),
    interrupted: () => new HostFailure('network request interrupted', { errCode }),
  };
}
