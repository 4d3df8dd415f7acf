/** A connection that can be written to. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What a connection tells. */
export interface SocketListener {
  opened(): void;
  heard(text: string): void;
  /** It is over, or never began. It may be told more than once. */
  closed(): void;
}

/** Opens a connection. */
export type OpenSocket = (url: string, listener: SocketListener) => Socket;

/** What of a host's `SocketTask` is used. */
export interface SocketTask {
  send(option: { data: string; fail?(): void }): void;
  close(option: { code?: number }): void;
  onOpen(listener: () => void): void;
  onMessage(listener: (message: { data: unknown }) => void): void;
  onClose(listener: () => void): void;
  onError(listener: () => void): void;
}

/** `wx.connectSocket`, `swan.connectSocket`. */
export type ConnectSocket = (option: { url: string; fail?(): void }) => SocketTask | undefined;

/** What of a browser's `WebSocket` is used. */
interface BrowserSocket {
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  send(text: string): void;
  close(): void;
}

type BrowserSocketClass = new (url: string) => BrowserSocket;

const NORMAL = 1000;

/** Connections of a mini-program's host. */
export function hostSockets(connectSocket: ConnectSocket): OpenSocket {
  return (url, { opened, heard, closed }) => {
    const task = connectSocket({ url, fail: closed });
    if (!task) throw new Error('The host opens no more connections.');
    task.onOpen(opened);
    task.onMessage(({ data }) => {
      if (typeof data === 'string') heard(data);
    });
    task.onClose(closed);
    task.onError(closed);
    return {
      send: (data) => task.send({ data, fail: closed }),
      close: () => task.close({ code: NORMAL }),
    };
  };
}

/**
 * The connections that a host's global object offers: a mini-program's `connectSocket`, or a browser's `WebSocket`.
 *
 * @returns `null` where it offers none
 */
export function socketsOf(host: object): OpenSocket | null {
  const connect: unknown = Reflect.get(host, 'connectSocket');
  if (isConnectSocket(connect)) return hostSockets((option) => connect.call(host, option));
  const WebSocket: unknown = Reflect.get(host, 'WebSocket');
  return isBrowserSocketClass(WebSocket) ? browserSockets(WebSocket) : null;
}

function browserSockets(WebSocket: BrowserSocketClass): OpenSocket {
  return (url, { opened, heard, closed }) => {
    const socket = new WebSocket(url);
    socket.onopen = opened;
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (typeof data === 'string') heard(data);
    };
    socket.onclose = closed;
    return { send: (text) => socket.send(text), close: () => socket.close() };
  };
}

function isConnectSocket(value: unknown): value is ConnectSocket {
  return typeof value === 'function';
}

function isBrowserSocketClass(value: unknown): value is BrowserSocketClass {
  return typeof value === 'function';
}
