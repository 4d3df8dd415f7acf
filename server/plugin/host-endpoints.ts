import type { Host } from '../hosts/host.js';
import { hostProfileEndpoints } from './host-profile-endpoints.js';
import { linkEndpoints } from './link-endpoints.js';
import { phoneEndpoints } from './phone-endpoints.js';
import type { ProfileUpdateOptions } from './profile-updates.js';
import { signInEndpoints } from './sign-in-endpoints.js';

/** All that one host has an address of its own for. */
function hostEndpoints(host: Host, options: ProfileUpdateOptions) {
  return {
    ...signInEndpoints(host, options.perAccount),
    ...phoneEndpoints(host, options.perAccount),
    ...hostProfileEndpoints(host, options),
    ...linkEndpoints(host, options.perAccount),
  };
}

/** better-auth wants one name for each endpoint. */
export function wechatEndpoints(host: Host, options: ProfileUpdateOptions) {
  const { signIn, phoneSignIn, setPhone, setProfile, link } = hostEndpoints(host, options);
  return {
    signInWechat: signIn,
    signInWechatPhone: phoneSignIn,
    setWechatPhone: setPhone,
    setWechatProfile: setProfile,
    linkWechat: link,
  };
}

export function baiduEndpoints(host: Host, options: ProfileUpdateOptions) {
  const { signIn, phoneSignIn, setPhone, setProfile, link } = hostEndpoints(host, options);
  return {
    signInBaidu: signIn,
    signInBaiduPhone: phoneSignIn,
    setBaiduPhone: setPhone,
    setBaiduProfile: setProfile,
    linkBaidu: link,
  };
}
