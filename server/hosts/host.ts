/** Who a login code stands for, as the host tells it. */
export interface HostAccount {
  /** The person within one app. */
  readonly openid: string;
  /** The person across the apps of one open-platform account, where the host tells it. */
  readonly unionid: string | null;
  /** What the host encrypts this person's data with. It never leaves the server (S-06). */
  readonly sessionKey: string;
}

/** A mini-program host's open API, for one app. */
export interface Host {
  /** The host's part of addresses and tables. */
  readonly name: string;
  readonly appId: string;

  /**
   * Exchanges a login code for the account that it stands for. The code is spent by it.
   *
   * @throws Refusal `CODE_INVALID`, `CODE_USED`, `ACCOUNT_BLOCKED`, `RATE_LIMITED`, `HOST_BUSY`, `HOST_UNAVAILABLE`,
   * `HOST_MISCONFIGURED`
   */
  exchangeCode(code: string): Promise<HostAccount>;
}
