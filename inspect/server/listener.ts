import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { DEVICE_PATH, PAGE_PATH } from '../wire.js';
import { createHub, type Ear, type Hub, type Line } from './hub.js';
import type { PageFiles } from './page-files.js';
import { isMeantForUs, isOurPage } from './visitors.js';

export interface ListenerOptions {
  /** Where it listens, by name or address. */
  host: string;
  /** 0: any that is free. */
  port: number;
  token: string;
  files: PageFiles;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** No message of a device is longer, in bytes; a batch of records is some 256 kB. */
const LONGEST_MESSAGE = 2 * 1024 * 1024;
/** For somebody who has connected to say who they are, in milliseconds. */
const PATIENCE = 5000;
/** For somebody who is sent away to answer that, in milliseconds. */
const FAREWELL = 1000;
/** So often it is asked whether somebody is still there, in milliseconds. */
const HEARTBEAT = 15_000;
const MOST_STRANGERS = 50;

/**
 * Listens for devices and pages.
 *
 * @throws what `net.Server` says of an address that it cannot have
 */
export async function listen({ host, port, token, files }: ListenerOptions): Promise<Listener> {
  const hub = createHub(token);
  const names = [host.toLowerCase()];
  const server = createServer((request, response) => answer(request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_MESSAGE, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();
  let strangers = 0;

  function answer(request: IncomingMessage, response: ServerResponse) {
    if (!isMeantForUs(request, names)) return end(response, 403, 'This is not the address of this page.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'Only to be looked at.');
    const file = files.get(pathOf(request));
    if (!file) return end(response, 404, 'There is no such page.');
    response.writeHead(200, {
      ...HEADERS,
      'content-type': file.type,
      // Not all browsers take `'self'` to mean web sockets too.
      'content-security-policy': file.isWorker ? WORKER_POLICY : `${POLICY}; connect-src ws://${request.headers.host}`,
    });
    response.end(request.method === 'HEAD' ? undefined : file.content);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = pathOf(request);
    const isPage = path === PAGE_PATH;
    const isAllowed = isMeantForUs(request, names) && (isPage ? isOurPage(request) : path === DEVICE_PATH);
    if (!isAllowed || strangers >= MOST_STRANGERS) {
      socket.end(`HTTP/1.1 ${isAllowed ? '503 Service Unavailable' : '403 Forbidden'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => greet(webSocket, isPage ? hub.page : hub.device));
  }

  function greet(webSocket: WebSocket, meet: Hub['page']): void {
    const line: Line = {
      send: (text, taken) => webSocket.send(text, () => taken?.()),
      close() {
        webSocket.close();
        const farewell = setTimeout(() => webSocket.terminate(), FAREWELL);
        webSocket.once('close', () => clearTimeout(farewell));
      },
      waiting: () => webSocket.bufferedAmount,
    };
    const ear: Ear = meet(line);
    let isStranger = true;
    strangers += 1;
    const known = () => {
      if (isStranger) strangers -= 1;
      isStranger = false;
      clearTimeout(patience);
    };
    const patience = setTimeout(() => webSocket.terminate(), PATIENCE);
    alive.add(webSocket);
    webSocket.on('pong', () => alive.add(webSocket));
    // Too long, or no web socket at all: the connection is closed, and `close` comes too.
    webSocket.on('error', () => webSocket.terminate());
    webSocket.on('message', (data, isBinary) => {
      known();
      if (webSocket.readyState !== webSocket.OPEN) return;
      ear.heard(isBinary ? undefined : parse(String(data)));
    });
    webSocket.on('close', () => {
      known();
      ear.closed();
    });
  }

  server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy());
    upgrade(request, socket, head);
  });
  const heartbeat = setInterval(() => {
    for (const webSocket of sockets.clients) {
      if (!alive.has(webSocket)) webSocket.terminate();
      alive.delete(webSocket);
      webSocket.ping();
    }
  }, HEARTBEAT);

  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    clearInterval(heartbeat);
    throw error;
  }
  return {
    port: portOf(server.address()),
    async close() {
      clearInterval(heartbeat);
      for (const webSocket of sockets.clients) webSocket.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Nothing but what this command serves, and none of it inside another page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types denglu',
].join('; ');

/** The layout of charts is WebAssembly, and makes code of texts. It sees names of states, and can reach nobody. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'unsafe-eval'";

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split(/[?#]/, 1)[0] ?? '/';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
