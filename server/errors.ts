/**
 * What the BaaS auth API calls a refusal: 400 refused, 401 token rejected, 404 no account, 604 not signed in, 612 an
 * anonymous user may not link, 616 clients may not update profiles. Its 603, the person refused, is met on the device,
 * and never here.
 */
export type BaasCode = 400 | 401 | 404 | 604 | 612 | 616;

interface Meaning {
  status: number;
  message: string;
  baasCode?: BaasCode;
}

/**
 * Every way a request can be refused. The key is the `code` of the answer, and the contract with clients: they switch on
 * it. `status` is the HTTP status it is sent with; `baasCode` is the number that the BaaS auth API documents for it, where
 * it documents one.
 */
export const errorCodes = {
  INVALID_REQUEST: { status: 400, baasCode: 400, message: 'The request is not valid.' },
  CODE_INVALID: { status: 400, baasCode: 400, message: 'The login code is unknown or too old.' },
  CODE_USED: { status: 400, baasCode: 400, message: 'The login code was used before.' },
  PHONE_CODE_INVALID: { status: 400, baasCode: 400, message: 'The phone code is unknown or was used before.' },
  PHONE_CODE_EXPIRED: { status: 400, baasCode: 400, message: 'The phone code is too old.' },
  DECRYPT_FAILED: { status: 400, baasCode: 400, message: 'The data was encrypted with another session key.' },
  SESSION_KEY_MISSING: { status: 400, baasCode: 400, message: 'There is no session key for this user.' },
  SIGNATURE_MISMATCH: { status: 400, baasCode: 400, message: 'The signature does not match the data.' },
  WATERMARK_REFUSED: { status: 400, baasCode: 400, message: 'The data is of another app or too old.' },
  PHONE_ALREADY_SET: { status: 400, baasCode: 400, message: 'Another phone number is set.' },
  PHONE_TAKEN: { status: 400, baasCode: 400, message: 'The phone number belongs to another user.' },
  LINK_TAKEN: { status: 400, baasCode: 400, message: 'The host account belongs to another user.' },
  LINK_OCCUPIED: { status: 400, baasCode: 400, message: 'Another account of this host is linked to this user.' },
  USERNAME_TAKEN: { status: 400, baasCode: 400, message: 'The username belongs to another user.' },
  EMAIL_TAKEN: { status: 400, baasCode: 400, message: 'The email address belongs to another user.' },
  PASSWORD_WRONG: { status: 400, baasCode: 400, message: 'The name or the password is wrong.' },
  PASSWORD_TOO_WEAK: { status: 400, baasCode: 400, message: 'The password is too short or too long.' },
  SMS_CODE_WRONG: { status: 400, baasCode: 400, message: 'The SMS code is wrong or too old.' },
  RESET_TOKEN_INVALID: { status: 400, baasCode: 400, message: 'The token is unknown, used or too old.' },
  AVATAR_REFUSED: { status: 400, baasCode: 400, message: 'The file is not a picture that may be used.' },
  TOKEN_REJECTED: { status: 401, baasCode: 401, message: 'The session has ended, or never was.' },
  NOT_SIGNED_IN: { status: 401, baasCode: 604, message: 'Nobody is signed in.' },
  ACCOUNT_BLOCKED: { status: 403, message: 'This account may not sign in.' },
  HOST_NOT_PERMITTED: { status: 403, message: 'The host does not let this app do that.' },
  PROFILE_UPDATES_OFF: { status: 403, baasCode: 616, message: 'Clients may not update profiles here.' },
  ANONYMOUS_MAY_NOT_LINK: { status: 403, baasCode: 612, message: 'An anonymous user may not link a host account.' },
  ACCOUNT_NOT_FOUND: { status: 404, baasCode: 404, message: 'There is no user for this host account.' },
  NOT_FOUND: { status: 404, message: 'There is nothing at this address.' },
  ACCOUNT_CHANGED: { status: 409, message: 'The host account belongs to another user than expected.' },
  ACCOUNT_CONFLICT: {
    status: 409,
    baasCode: 400,
    message: 'The identities of this host account belong to different users.',
  },
  BODY_TOO_LARGE: { status: 413, message: 'The body is too large.' },
  AVATAR_TOO_LARGE: { status: 413, message: 'The file is too large.' },
  UNIONID_MISSING: { status: 422, message: 'The host told no unionid for this account.' },
  RATE_LIMITED: { status: 429, message: 'Too many requests.' },
  INTERNAL: { status: 500, message: 'The server failed.' },
  HOST_MISCONFIGURED: { status: 502, message: 'The host refused the app id or secret of this server.' },
  HOST_UNAVAILABLE: { status: 502, message: 'The host is out of order.' },
  HOST_BUSY: { status: 503, message: 'The host is busy.' },
  STORE_UNAVAILABLE: { status: 503, message: 'The server cannot reach its database.' },
} as const satisfies Record<string, Meaning>;

export type ErrorCode = keyof typeof errorCodes;

/** 504 is the other status of `HOST_UNAVAILABLE`: the host was too slow. */
export type ErrorStatus = (typeof errorCodes)[ErrorCode]['status'] | 504;

/** What a client reads when a request was refused. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  /** What a client of the BaaS auth API knows this refusal by; left out where that API has no number for it. */
  baasCode?: BaasCode;
  /** How long to wait before trying again, in whole seconds. */
  retryAfter?: number;
}

export interface RefusalDetails {
  /** What was wrong, in English, for a developer. It must not repeat what the client or the host sent. */
  message?: string | undefined;
  /** How long to wait before trying again, in whole seconds. */
  retryAfter?: number | undefined;
  /** Default the code's own. */
  status?: ErrorStatus | undefined;
  /** What was thrown, for whoever reads the log. */
  cause?: unknown;
}

/** A request that is refused for a reason that clients know by name. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly status: ErrorStatus;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: RefusalDetails = {}) {
    super(details.message ?? errorCodes[code].message, { cause: details.cause });
    this.name = 'Refusal';
    this.code = code;
    this.status = details.status ?? errorCodes[code].status;
    this.retryAfter = details.retryAfter;
  }

  get body(): ErrorBody {
    const { baasCode }: Meaning = errorCodes[this.code];
    const body: ErrorBody = { code: this.code, message: this.message };
    if (baasCode !== undefined) body.baasCode = baasCode;
    if (this.retryAfter !== undefined) body.retryAfter = this.retryAfter;
    return body;
  }

  get headers(): Record<string, string> {
    return this.retryAfter === undefined ? {} : { 'retry-after': String(this.retryAfter) };
  }
}
