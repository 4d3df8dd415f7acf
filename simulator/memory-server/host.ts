import type { Encrypted, Profile, Signed } from './input.js';

export type MemoryHostName = 'wechat' | 'baidu';

/** Which account it is, among those of all hosts. */
export interface AccountKey {
  readonly host: MemoryHostName;
  readonly openid: string;
}

/** An account that has just shown a login code. */
export interface HostAccount extends AccountKey {
  readonly unionid: string | null;
  readonly sessionKey: string;
}

/** A host, as the server has it. What it refuses is thrown as a `ServerRefusal`. */
export interface MemoryHost {
  readonly name: MemoryHostName;
  /** How profiles come: signed beside their cipher text (S-04), or as the cipher text alone (B-05). */
  readonly profiles: 'signed' | 'sealed';
  exchangeCode(code: string): Promise<HostAccount>;
  /** @returns the number, as E.164 */
  exchangePhoneCode(code: string): Promise<string>;
  /** @returns the number, as E.164 */
  readPhone(sessionKey: string, data: Encrypted): string;
  readProfile(account: Pick<HostAccount, 'openid' | 'sessionKey'>, data: Encrypted | Signed): Profile;
}
