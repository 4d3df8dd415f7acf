/** Who a login code stands for, as the host tells it. */
export interface HostAccount {
  /** The person within one app. */
  readonly openid: string;
  /** The person across the apps of one open-platform account, where the host tells it. */
  readonly unionid: string | null;
  /** What the host encrypts this person's data with. It never leaves the server (S-06). */
  readonly sessionKey: string;
}

/** What the host encrypted with the person's session key. */
export interface EncryptedData {
  readonly encryptedData: string;
  readonly iv: string;
}

/** The same, beside its readable part, which is signed. */
export interface SignedData extends EncryptedData {
  readonly rawData: string;
  readonly signature: string;
}

/** What a person shows of themselves; null where they do not. */
export interface Profile {
  readonly nickname: string | null;
  readonly avatarUrl: string | null;
  /** 1 male, 2 female. */
  readonly gender: number | null;
  /** A place is told whole: what is left out of one is empty, not null. */
  readonly country: string | null;
  readonly province: string | null;
  readonly city: string | null;
  /** In which the place is named: `zh_CN`. */
  readonly language: string | null;
}

/** A profile as the host's own API gives it to a mini-program. */
export interface ShownProfile {
  readonly nickName?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly gender?: number | undefined;
  readonly country?: string | undefined;
  readonly province?: string | undefined;
  readonly city?: string | undefined;
  readonly language?: string | undefined;
}

/** A token of the app for the host's open API, and when it ends, in milliseconds since the epoch. */
export interface AppToken {
  readonly token: string;
  readonly endsAt: number;
}

/** Where all processes of a server find the app's token, so that one of them asks the host for all. */
export interface TokenShelf {
  /** The token, unless it has ended. */
  read(): Promise<AppToken | undefined>;
  /**
   * Lets one process at a time ask the host.
   *
   * @param lasts for how long, in milliseconds, unless it puts a token there or gives up before
   * @returns the name of the lease; `undefined` where it is another one
   */
  lease(lasts: number): Promise<string | undefined>;
  /** Ends the lease with a token; does nothing where it has run out. */
  put(token: AppToken, lease: string): Promise<void>;
  /** Ends the lease without one; does nothing where it has run out. */
  giveUp(lease: string): Promise<void>;
}

/** A mini-program host's open API, for one app. */
export interface Host {
  /** The host's part of addresses and tables. */
  readonly name: 'wechat' | 'baidu';
  /** By which the host knows the app. */
  readonly appId: string;
  /** How profiles come: signed beside their cipher text (S-04), or as the cipher text alone (B-05). */
  readonly profiles: 'signed' | 'sealed';

  /**
   * Exchanges a login code for the account that it stands for. The code is spent by it.
   *
   * @throws Refusal `CODE_INVALID`, `CODE_USED`, `ACCOUNT_BLOCKED`, `RATE_LIMITED`, `HOST_BUSY`, `HOST_UNAVAILABLE`,
   * `HOST_MISCONFIGURED`
   */
  exchangeCode(code: string): Promise<HostAccount>;

  /**
   * Exchanges a phone code, which is no login code (W-13), for the number, as E.164. The code is spent by it.
   *
   * @param tokens where the app's token is shared; default this process asks for its own
   * @throws Refusal `INVALID_REQUEST` where the host has no such codes (B-06), `PHONE_CODE_INVALID`, `PHONE_CODE_EXPIRED`, `HOST_NOT_PERMITTED`, `WATERMARK_REFUSED`,
   * `RATE_LIMITED`, `HOST_BUSY`, `HOST_UNAVAILABLE`, `HOST_MISCONFIGURED`
   */
  exchangePhoneCode(code: string, tokens?: TokenShelf): Promise<string>;

  /**
   * Decrypts a phone number, as E.164.
   *
   * @throws Refusal `DECRYPT_FAILED`, `WATERMARK_REFUSED`
   */
  readPhone(sessionKey: string, data: EncryptedData): string;

  /**
   * Checks and decrypts the profile of one account. A stand-in for somebody who showed nothing (W-08) has neither name
   * nor picture.
   *
   * @throws Refusal `SIGNATURE_MISMATCH`, also where the host signs and the data is not signed, `DECRYPT_FAILED`,
   * `WATERMARK_REFUSED`
   */
  readProfile(account: Pick<HostAccount, 'openid' | 'sessionKey'>, data: SignedData | EncryptedData): Profile;

  /**
   * The same of a profile that comes without a proof (W-06). Its picture has to be one that the host keeps.
   *
   * @throws Refusal `INVALID_REQUEST`, always where the host has no such profiles
   */
  readPlainProfile(shown: ShownProfile): Profile;
}
