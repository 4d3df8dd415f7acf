import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { MinappSdk } from '../../adapters/minapp.js';
import type { WechatHost } from '../../simulator/index.js';

/** A user as the published SDK answers one. */
export interface SdkUser {
  readonly id: number;
  readonly user_id: number;
  readonly session_expires_at: number;
  toJSON(): Record<string, unknown>;
  get(field: string): unknown;
  linkWechat(options?: { withUnionID?: boolean }): Promise<SdkAnswer>;
  setUsername(username: string): Promise<SdkUser>;
  setEmail(email: string): Promise<SdkUser>;
  setMobilePhone(phone: string): Promise<SdkUser>;
  setAccount(account: { username?: string; email?: string; password?: string }): Promise<SdkUser>;
  updatePassword(passwords: { password: string; newPassword: string }): Promise<SdkUser>;
  verifyMobilePhone(code: string): Promise<SdkUser>;
  requestEmailVerification(): Promise<SdkUser>;
}

export interface SdkAnswer {
  readonly statusCode: number;
  readonly data: Record<string, unknown>;
}

type Name = { username: string } | { email: string } | { phone: string };
type Credentials = Name & { password: string };

/** The part of the published SDK that signs people in. What it is given is not typed: it checks that itself. */
export interface Sdk {
  init(clientId: string, options?: { host?: string; autoLogin?: boolean }): void;
  readonly auth: {
    loginWithWechat(event?: unknown, options?: object): Promise<SdkUser>;
    silentLogin(options?: object): Promise<unknown>;
    handleUserInfo(event?: unknown): Promise<SdkAnswer>;
    linkWechat(): Promise<SdkAnswer>;
    updateUserInfo(profile: unknown, options?: object): Promise<SdkUser>;
    updatePhoneNumber(event: unknown, options?: object): Promise<SdkUser>;
    login(credentials: Credentials): Promise<SdkUser>;
    register(credentials: Credentials): Promise<SdkUser>;
    anonymousLogin(): Promise<SdkUser>;
    loginWithSmsVerificationCode(phone: string, code: string, options?: object): Promise<SdkUser>;
    requestPasswordReset(to: { email: string }): Promise<SdkAnswer>;
    getCurrentUser(): Promise<SdkUser>;
    logout(): Promise<SdkAnswer>;
  };
  login(force?: boolean): Promise<Record<string, unknown>>;
  logout(): Promise<SdkAnswer>;
  clearSession(): Promise<unknown>;
  getAuthToken(): Promise<string>;
  sendSmsCode(to: { phone: string }): Promise<SdkAnswer>;
  readonly storage: MinappSdk['storage'];
  readonly _polyfill: MinappSdk['_polyfill'];
  request: MinappSdk['request'];
  verifySmsCode(shown: { phone: string; code: string }): Promise<SdkAnswer>;
}

/** The published versions that were tried, by the name that they are installed under. */
export const SDKS = ['minapp-sdk', 'minapp-sdk-3-23-6'] as const;
export type SdkName = (typeof SDKS)[number];

const { resolve } = createRequire(import.meta.url);

/**
 * The published SDK, as it is, on a host. It looks for itself and for the host among the globals, so it runs in a function
 * that has globals of its own.
 */
export function loadSdk(name: SdkName, wx: WechatHost): Sdk {
  const shell: { exports: unknown } = { exports: {} };
  // The newer one marks its generators as it loads, and runs them for large uploads only.
  const regeneratorRuntime = { mark: (generator: unknown) => generator };
  // It prints each request that fails.
  const quiet = { ...console, error() {} };
  const code = readSdk(name);
  const run = compileFunction(code, ['module', 'exports', 'window', 'regeneratorRuntime', 'console', 'wx']);
  run(shell, shell.exports, {}, regeneratorRuntime, quiet, wx);
  if (!isSdk(shell.exports)) throw new Error(`${name} is not what it was.`);
  return shell.exports;
}

/** Its code for WeChat, as it was published. */
export function readSdk(name: SdkName): string {
  return readFileSync(resolve(`${name}/lib/index.js`), 'utf8');
}

function isSdk(value: unknown): value is Sdk {
  return typeof value === 'object' && value !== null && 'auth' in value && 'clearSession' in value;
}
