import { HostFailure } from './host-failure.js';

/** A device's network. What the host calls its failures differs by system; the numbers do not. */
export interface Network {
  online: boolean;
  /** @throws HostFailure errno 600001 while there is no network */
  require(): void;
  /** There is a network, but nobody answers at the other end. */
  unreachable(): HostFailure;
  /** The network went while somebody was waiting for it. */
  interrupted(): HostFailure;
}

export function createNetwork(platform: 'ios' | 'android'): Network {
  const words = WORDS[platform];
  const network: Network = {
    online: true,
    require() {
      if (!network.online) throw new HostFailure(words.disconnected, { errno: NETWORK_ERRNO });
    },
    unreachable: () => new HostFailure(words.unreachable, { errno: NETWORK_ERRNO }),
    interrupted: () => new HostFailure('interrupted', { errno: INTERRUPTED_ERRNO }),
  };
  return network;
}

const NETWORK_ERRNO = 600001;
const INTERRUPTED_ERRNO = 600003;

const WORDS = {
  ios: { disconnected: '似乎已断开与互联网的连接。', unreachable: '未能连接到服务器。' },
  android: {
    disconnected: 'errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED',
    unreachable: 'errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED',
  },
};
