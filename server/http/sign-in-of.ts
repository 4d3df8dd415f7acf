const HOST_SIGN_IN = /^\/api\/auth\/denglu\/(wechat|baidu)\/(sign-in|phone-sign-in)$/;
const OTHER_SIGN_IN = /^\/api\/auth\/denglu\/(sms|password|anonymous)-sign-in$/;
const BAAS_HOST_SIGN_IN = /^\/hserve\/v[\d.]+\/idp\/(wechat|baidu)\/(silent-login|phone-login|authenticate)\/$/;
const BAAS_SIGN_IN = /^\/hserve\/v[\d.]+\/login\/(phone|email|username|anonymous|sms)\/$/;

interface Asked {
  readonly method: string;
  readonly path: string;
}

const KINDS: Readonly<Record<string, string>> = {
  'sign-in': 'silent',
  'silent-login': 'silent',
  'phone-sign-in': 'phone',
  'phone-login': 'phone',
  authenticate: 'profile',
  phone: 'password',
  email: 'password',
  username: 'password',
};

/**
 * What kind of sign-in a request is, if it is one; a browser's question before it, at the same address, is none. No other
 * part of an address is told.
 */
export function signInOf({ method, path }: Asked): { host: string; kind: string } | undefined {
  if (method !== 'POST') return undefined;
  const [, host, step = ''] = HOST_SIGN_IN.exec(path) ?? BAAS_HOST_SIGN_IN.exec(path) ?? [];
  if (host !== undefined) return { host, kind: KINDS[step] ?? step };
  const [, means] = OTHER_SIGN_IN.exec(path) ?? BAAS_SIGN_IN.exec(path) ?? [];
  return means === undefined ? undefined : { host: 'none', kind: KINDS[means] ?? means };
}
