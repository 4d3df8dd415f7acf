/** Every way in which the server refuses a request, with the status of the answer. */
const STATUSES = {
  INVALID_REQUEST: 400,
  CODE_INVALID: 400,
  CODE_USED: 400,
  PHONE_CODE_INVALID: 400,
  PHONE_CODE_EXPIRED: 400,
  DECRYPT_FAILED: 400,
  SESSION_KEY_MISSING: 400,
  SIGNATURE_MISMATCH: 400,
  WATERMARK_REFUSED: 400,
  PHONE_ALREADY_SET: 400,
  PHONE_TAKEN: 400,
  LINK_TAKEN: 400,
  LINK_OCCUPIED: 400,
  USERNAME_TAKEN: 400,
  EMAIL_TAKEN: 400,
  PASSWORD_WRONG: 400,
  PASSWORD_TOO_WEAK: 400,
  AVATAR_REFUSED: 400,
  TOKEN_REJECTED: 401,
  NOT_SIGNED_IN: 401,
  ACCOUNT_BLOCKED: 403,
  HOST_NOT_PERMITTED: 403,
  PROFILE_UPDATES_OFF: 403,
  ANONYMOUS_MAY_NOT_LINK: 403,
  ACCOUNT_NOT_FOUND: 404,
  NOT_FOUND: 404,
  ACCOUNT_CHANGED: 409,
  ACCOUNT_CONFLICT: 409,
  BODY_TOO_LARGE: 413,
  AVATAR_TOO_LARGE: 413,
  UNIONID_MISSING: 422,
  RATE_LIMITED: 429,
  HOST_MISCONFIGURED: 502,
  HOST_UNAVAILABLE: 502,
  HOST_BUSY: 503,
} as const;

export type ServerCode = keyof typeof STATUSES;

/** What the BaaS auth API calls those whose status is not 400. */
const BAAS_CODES: Partial<Record<ServerCode, number>> = {
  TOKEN_REJECTED: 401,
  NOT_SIGNED_IN: 604,
  ANONYMOUS_MAY_NOT_LINK: 612,
  PROFILE_UPDATES_OFF: 616,
  ACCOUNT_NOT_FOUND: 404,
  ACCOUNT_CONFLICT: 400,
};

/** The server says no, by name. */
export class ServerRefusal extends Error {
  readonly code: ServerCode;
  /** In whole seconds. */
  readonly retryAfter: number | undefined;

  constructor(code: ServerCode, retryAfter?: number) {
    super(code);
    this.name = 'ServerRefusal';
    this.code = code;
    this.retryAfter = retryAfter;
  }

  toResponse(): Response {
    const { code, message, retryAfter } = this;
    const headers: HeadersInit = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    const status = STATUSES[code];
    const baasCode = BAAS_CODES[code] ?? (status === 400 ? status : undefined);
    return Response.json({ code, message, baasCode, retryAfter }, { status, headers });
  }
}
