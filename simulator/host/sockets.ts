import type { Network } from './network.js';

/** What of a `WebSocket` is used: a browser's, or that of Node 22, or the package `ws`. */
export interface WebSocketLike {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void;
}

export type WebSocketClass = new (url: string) => WebSocketLike;

interface SocketOption {
  url: string;
  success?(): void;
  fail?(error: { errMsg: string }): void;
}

interface SendOption {
  data: string;
  success?(): void;
  fail?(error: { errMsg: string }): void;
}

interface Parts {
  network: Network;
  /** `undefined`: there are none here, and none connects. */
  WebSocket: WebSocketClass | undefined;
}

const GONE = 1006;
const NORMAL = 1000;

/** `connectSocket`: real connections, which go with the device's network. They take real time, whatever the clock. */
export function createSocketApis({ network, WebSocket }: Parts) {
  const drops = new Set<() => void>();
  let alive = true;

  const connectSocket = ({ url, success, fail }: SocketOption) => {
    const listeners = {
      open: [] as (() => void)[],
      message: [] as ((message: { data: unknown }) => void)[],
      close: [] as ((end: { code: number; reason: string }) => void)[],
      error: [] as ((error: { errMsg: string }) => void)[],
    };
    let isOpen = false;
    let isOver = false;
    const tell = (listeners: readonly (() => void)[]) => {
      if (alive) for (const listener of listeners) listener();
    };
    const end = (code: number, reason: string) => {
      if (isOver) return;
      isOver = true;
      isOpen = false;
      drops.delete(drop);
      tell(listeners.close.map((listener) => () => listener({ code, reason })));
    };
    const broken = () => {
      const errMsg = 'connectSocket:fail';
      if (!isOpen && alive) fail?.({ errMsg });
      tell(listeners.error.map((listener) => () => listener({ errMsg })));
    };
    let socket: WebSocketLike | null = null;
    const drop = () => {
      broken();
      end(GONE, 'abnormal closure');
      socket?.close();
    };

    // The host answers later, so that whoever called can listen first.
    queueMicrotask(() => {
      if (isOver) return;
      if (!network.online || !WebSocket) return drop();
      socket = new WebSocket(url);
      drops.add(drop);
      socket.addEventListener('open', () => {
        if (isOver) return;
        isOpen = true;
        tell([() => success?.(), ...listeners.open]);
      });
      socket.addEventListener('message', ({ data }) => {
        if (!isOver) tell(listeners.message.map((listener) => () => listener({ data: String(data) })));
      });
      socket.addEventListener('error', () => {
        if (!isOver) broken();
      });
      socket.addEventListener('close', ({ code, reason }) => end(code, reason));
    });

    return {
      send({ data, success, fail }: SendOption) {
        if (!isOpen || !socket) return fail?.({ errMsg: 'sendSocketMessage:fail' });
        socket.send(data);
        success?.();
      },
      close({ code = NORMAL, reason = '' }: { code?: number; reason?: string } = {}) {
        socket?.close(code, reason);
        end(code, reason);
      },
      onOpen: (listener: () => void) => void listeners.open.push(listener),
      onMessage: (listener: (message: { data: unknown }) => void) => void listeners.message.push(listener),
      onClose: (listener: (end: { code: number; reason: string }) => void) => void listeners.close.push(listener),
      onError: (listener: (error: { errMsg: string }) => void) => void listeners.error.push(listener),
    };
  };

  return {
    atOnce: { connectSocket },
    dropSockets() {
      for (const drop of [...drops]) drop();
    },
    /** The app is gone, and its connections with it: nobody hears of that. */
    kill() {
      alive = false;
      for (const drop of [...drops]) drop();
    },
  };
}
