import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Refusal } from '../errors.js';
import { StartError } from '../start-error.js';

/** Where to listen. */
export interface Place {
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** The variable that sets the port, for whoever finds it taken. */
  variable: string;
}

/** What listens on one port. */
export interface Sockets {
  /**
   * Begins to listen.
   *
   * @returns its address, such as `http://127.0.0.1:8787`
   * @throws StartError where the address cannot be had
   */
  listen(): Promise<string>;

  /**
   * Takes no more, ends idle connections at once, and waits for requests in flight.
   *
   * @param patience how long, in milliseconds; then they are cut off
   */
  close(patience: number): Promise<void>;
}

/**
 * How long a connection is kept for the next request, in milliseconds. Balancers keep theirs for a minute, and answer 502
 * where one is ended at the moment that they send on it: whoever is behind them has to keep it longer. Node's default is
 * five seconds.
 */
const KEEP_ALIVE = 75_000;

/**
 * How long a request may take to arrive, and its headers, in milliseconds. Both count from the opening of a connection,
 * which balancers do ahead of time; Node does not let the first be less than the second.
 */
const ARRIVING = 80_000;

/** Answers the requests that arrive on one port. */
export function httpSockets(answer: Parameters<typeof getRequestListener>[0], place: Place): Sockets {
  const malformed = new Refusal('INVALID_REQUEST', { message: 'This is not a valid HTTP request.' });
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE, headersTimeout: ARRIVING, requestTimeout: ARRIVING },
    getRequestListener(answer, {
      overrideGlobalObjects: false,
      // HTTP/1.0 needs no host, and some balancers probe by it; in HTTP/1.1, Node itself refuses who names none.
      hostname: 'localhost',
      errorHandler: () => Response.json(malformed.body, { status: malformed.status }),
    }),
  );

  // A connection that was busy when the server closed is kept for further requests, which nobody will answer.
  server.on('request', (_, outgoing) => {
    outgoing.once('finish', () => {
      if (!server.listening) server.closeIdleConnections();
    });
  });

  return {
    async listen() {
      server.listen(place.port, place.host);
      await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
        throw whyNotListening(error, place);
      });
      const address = server.address();
      return originOf(place.host, typeof address === 'object' && address ? address.port : place.port);
    },

    async close(patience) {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const cutOff = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/** The address of a port on a host, as `http://127.0.0.1:8787`. */
export function originOf(host: string, port: number): string {
  return new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`).origin;
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, { host, port, variable }: Place): StartError {
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} on ${host} is taken. Set ${variable} to another one.`,
      `${host} 的端口 ${port} 已被占用。请将 ${variable} 设为其他端口。`,
    );
  }
  return new StartError(
    `Port ${port} on ${host} cannot be had: ${message}`,
    `无法使用 ${host} 的端口 ${port}:${message}`,
  );
}
