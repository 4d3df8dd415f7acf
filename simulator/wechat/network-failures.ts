import { HostFailure } from '../host/host-failure.js';
import type { NetworkFailures } from '../host/network.js';

/** WeChat's words for them differ by system; its numbers do not. */
export function networkFailures(platform: 'ios' | 'android'): NetworkFailures {
  const words = WORDS[platform];
  return {
    disconnected: () => new HostFailure(words.disconnected, { errno: NETWORK_ERRNO }),
    unreachable: () => new HostFailure(words.unreachable, { errno: NETWORK_ERRNO }),
    interrupted: () => new HostFailure('interrupted', { errno: INTERRUPTED_ERRNO }),
  };
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
