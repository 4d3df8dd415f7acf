/**
 * Every way a request can be refused. The key is the `code` of the answer, and the contract with clients: they switch on
 * it. `status` is the HTTP status it is sent with.
 */
export const errorCodes = {
  INVALID_REQUEST: { status: 400, message: 'The request is not valid.' },
  CODE_INVALID: { status: 400, message: 'The login code is unknown or too old.' },
  CODE_USED: { status: 400, message: 'The login code was used before.' },
  TOKEN_REJECTED: { status: 401, message: 'The session has ended, or never was.' },
  ACCOUNT_BLOCKED: { status: 403, message: 'This account may not sign in.' },
  ACCOUNT_NOT_FOUND: { status: 404, message: 'There is no user for this host account.' },
  NOT_FOUND: { status: 404, message: 'There is nothing at this address.' },
  ACCOUNT_CHANGED: { status: 409, message: 'The host account belongs to another user than expected.' },
  ACCOUNT_CONFLICT: { status: 409, message: 'The identities of this host account belong to different users.' },
  BODY_TOO_LARGE: { status: 413, message: 'The body is too large.' },
  UNIONID_MISSING: { status: 422, message: 'The host told no unionid for this account.' },
  RATE_LIMITED: { status: 429, message: 'Too many requests.' },
  INTERNAL: { status: 500, message: 'The server failed.' },
  HOST_MISCONFIGURED: { status: 502, message: 'The host refused the app id or secret of this server.' },
  HOST_UNAVAILABLE: { status: 502, message: 'The host is out of order.' },
  HOST_BUSY: { status: 503, message: 'The host is busy.' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** 504 is the other status of `HOST_UNAVAILABLE`: the host was too slow. */
export type ErrorStatus = (typeof errorCodes)[ErrorCode]['status'] | 504;

/** What a client reads when a request was refused. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
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
}

/** A request that is refused for a reason that clients know by name. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly status: ErrorStatus;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: RefusalDetails = {}) {
    super(details.message ?? errorCodes[code].message);
    this.name = 'Refusal';
    this.code = code;
    this.status = details.status ?? errorCodes[code].status;
    this.retryAfter = details.retryAfter;
  }

  get body(): ErrorBody {
    const body: ErrorBody = { code: this.code, message: this.message };
    if (this.retryAfter !== undefined) body.retryAfter = this.retryAfter;
    return body;
  }

  get headers(): Record<string, string> {
    return this.retryAfter === undefined ? {} : { 'retry-after': String(this.retryAfter) };
  }
}
