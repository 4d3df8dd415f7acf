import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { ErrorBody } from '../errors.js';

/** What travels with a request through the server. */
export interface Env {
  Bindings: { incoming?: IncomingMessage };
  Variables: {
    /** Writes the request's id with each line. */
    log: Logger;
    /** The address as it is known here, such as `/avatars/:name`; none of an unknown one, which may hold anything. */
    route?: string | undefined;
    /** What better-auth gets to see of the headers. */
    headers: Headers;
    /** Why the request was refused, if it was. */
    refusal?: ErrorBody;
    /** What that came of, in one line that a log may hold. */
    cause?: string;
  };
}
