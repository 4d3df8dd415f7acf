import type { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from '../plugin/endpoint.js';
import { setHostProfile } from '../plugin/host-profiles.js';
import { countSignInOf, signInByPhone, signInSilently } from '../plugin/host-sign-in.js';
import { type AccountLink, linkShownAccount } from '../plugin/links.js';
import { setShownPhone } from '../plugin/phones.js';
import type { ProfileUpdateOptions } from '../plugin/profile-updates.js';
import { signInWithHost } from '../plugin/sign-in.js';
import {
  Association,
  Authentication,
  PhoneLogin,
  PhoneVerification,
  PlainUserInfo,
  SignedUserInfo,
  SilentLogin,
} from './bodies.js';
import { changeEndpoint, hostLoginEndpoint, OK } from './endpoint.js';
import { userRecord } from './record.js';

/** `POST` at `path`: ties the host account of a login code to whoever is signed in (G-19). */
function associate<Path extends string>(path: Path, host: Host, perAccount: number) {
  return jsonEndpoint('POST', path, Association, async (body: z.output<typeof AccountLink>, ctx) => {
    const linked = await linkShownAccount(ctx, host, perAccount, body);
    const { openid, unionid } = linked.identity;
    const { id } = await userRecord(ctx.context, linked);
    return { ...OK, message: 'User associated.', openid, unionid, user_id: id };
  });
}

/** What the SDK asks of a server for WeChat. The older address of a pair is that of an older base library. */
export function wechatRoutes(host: Host, options: ProfileUpdateOptions) {
  const { perAccount } = options;
  const phoneLogin = <Path extends string>(path: Path) =>
    hostLoginEndpoint(path, PhoneLogin, (body, context) => signInByPhone(context, host, perAccount, body));
  const phoneVerification = <Path extends string>(path: Path) =>
    changeEndpoint(path, PhoneVerification, (body, ctx) => setShownPhone(ctx, host, perAccount, body));

  return {
    hserveWechatSilentLogin: hostLoginEndpoint('/hserve/v2.5/idp/wechat/silent-login/', SilentLogin, (body, context) =>
      signInSilently(context, host, perAccount, body),
    ),
    hserveWechatPhoneLogin: phoneLogin('/hserve/v2.7/idp/wechat/phone-login/'),
    hserveWechatPhoneLoginOld: phoneLogin('/hserve/v2.5/idp/wechat/phone-login/'),
    hserveWechatPhone: phoneVerification('/hserve/v2.7/idp/wechat/phone-verification/'),
    hserveWechatPhoneOld: phoneVerification('/hserve/v2.5/idp/wechat/phone-verification/'),
    hserveWechatUserInfo: changeEndpoint('/hserve/v2.6/idp/wechat/user/info/', SignedUserInfo, (body, ctx) =>
      setHostProfile(ctx, host, options, body),
    ),
    hserveWechatUserInfoOld: changeEndpoint('/hserve/v2.5/idp/wechat/user/info/', PlainUserInfo, (body, ctx) =>
      setHostProfile(ctx, host, options, body),
    ),
    hserveWechatAssociate: associate('/hserve/v2.4/idp/wechat/user-associate/', host, perAccount),
  };
}

/** What the SDK asks of a server for Baidu. */
export function baiduRoutes(host: Host, { perAccount, fromClients }: ProfileUpdateOptions) {
  return {
    hserveBaiduSilentLogin: hostLoginEndpoint('/hserve/v2.5/idp/baidu/silent-login/', SilentLogin, (body, context) =>
      signInSilently(context, host, perAccount, body),
    ),
    /** Whoever shows themselves signs in by it; where clients may write no profile, what they show is proved, not kept. */
    hserveBaiduAuthenticate: hostLoginEndpoint(
      '/hserve/v2.5/idp/baidu/authenticate/',
      Authentication,
      ({ account, profile }, context) =>
        signInWithHost(context, host, account, {
          countSignIn: countSignInOf(context, host, perAccount),
          readProfile: (proven) => host.readProfile(proven, profile),
          sync: fromClients ? profile.sync : false,
        }),
    ),
    hserveBaiduAssociate: associate('/hserve/v2.1/idp/baidu/user-association/', host, perAccount),
  };
}
