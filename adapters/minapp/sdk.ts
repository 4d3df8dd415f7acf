/** A user as the SDK answers one. */
export interface SdkUser {
  toJSON(): unknown;
  linkWechat(options: { withUnionID: boolean }): PromiseLike<unknown>;
  setAccount(account: object): PromiseLike<SdkUser>;
  updatePassword(passwords: { password: string; newPassword: string }): PromiseLike<SdkUser>;
}

type Credentials = Readonly<Record<string, string>>;

/** The part of `wx.BaaS` that is driven, of SDK 3.22.0 to 3.23.6. */
export interface MinappSdk {
  init(clientId: string, options: object): void;
  readonly auth: {
    loginWithWechat(event: object | null, options: object): PromiseLike<SdkUser>;
    login(credentials: Credentials): PromiseLike<SdkUser>;
    register(credentials: Credentials): PromiseLike<SdkUser>;
    updateUserInfo(profile: object, options: object): PromiseLike<SdkUser>;
    updatePhoneNumber(event: object, options: object): PromiseLike<SdkUser>;
    getCurrentUser(): PromiseLike<SdkUser>;
    logout(): PromiseLike<unknown>;
  };
  clearSession(): PromiseLike<unknown>;
  /** What the SDK sends anything by. */
  request: Send;
  /** The session is kept here; the host's store is behind it. */
  readonly storage: {
    get(key: string): unknown;
    set(key: string, value: unknown): void;
  };
  /** What the SDK calls the host by. */
  readonly _polyfill: {
    wxLogin(options: HostLogin): void;
    getStorageAsync(key: string): PromiseLike<unknown>;
    setStorageAsync(key: string, value: unknown): PromiseLike<unknown>;
  };
}

/** What the SDK sends, and gets. */
export interface Send {
  (request: Sent): PromiseLike<Answer>;
  /** Rejects with what may be known of a call of the host that failed. */
  wxRequestFail(reject: (error: unknown) => void): void;
}

export interface Sent {
  readonly url: string;
  readonly data?: unknown;
}

export interface Answer {
  readonly statusCode: number;
  readonly data: unknown;
}

/** How the SDK asks the host for a login code. */
export interface HostLogin {
  success(answer: { code: string }): void;
  fail(error: unknown): void;
}
