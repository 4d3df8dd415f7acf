import { describe, expect, it } from 'vitest';
import type { server } from '../../adapters/server.js';
import type { wechat } from '../../adapters/wechat.js';
import type { createInspector } from '../../inspect/index.js';
import { readRecord } from '../../inspect/read.js';
import { replay } from '../../inspect/replay.js';
import type { createAuth } from '../../machines/create-auth.js';
import type { WebSocketLike } from '../../simulator/index.js';
import { native } from '../build/support/built-files.js';
import { BASE_URL, createTestApp, watch, wordOf } from '../support/app.js';
import { appBeside, runApp } from './support/native-app.js';

interface Kit {
  createAuth: typeof createAuth;
  createInspector: typeof createInspector;
  wechat: typeof wechat;
  server: typeof server;
}

const second = 1000;
const files = appBeside(
  native,
  `
    exports.createAuth = require('./index').createAuth;
    exports.createInspector = require('./inspect').createInspector;
    exports.wechat = require('./adapters/wechat').wechat;
    exports.server = require('./adapters/server').server;
  `,
);

/** A command that lets everybody in, and the messages that came. */
function createCommand() {
  const came: { type: string; records?: unknown[] }[] = [];
  class Connection implements WebSocketLike {
    private readonly listeners: Record<string, (event: { data: unknown; code: number; reason: string }) => void> = {};
    constructor() {
      queueMicrotask(() => this.tell('open', ''));
    }
    addEventListener(type: string, listener: (event: { data: unknown; code: number; reason: string }) => void) {
      this.listeners[type] = listener;
    }
    send(text: string) {
      const message: { type: string } = JSON.parse(text);
      came.push(message);
      if (message.type === 'hello') this.tell('message', '{"type":"welcome","seq":0}');
    }
    close() {}
    private tell(type: string, data: string) {
      this.listeners[type]?.({ data, code: 1000, reason: '' });
    }
  }
  return { came, Connection };
}

describe.each([
  ['native promises', false],
  ['promises made of timers, as on iOS up to 15 (W-10)', true],
])('the native inspector where there are only timers, Promise, console and wx: %s (W-21)', (_, timerPromise) => {
  it('tells a sign-in by the host’s own socket, so that it can be replayed, and without its secrets (G-23)', async () => {
    const { came, Connection } = createCommand();
    const app = createTestApp({}, { WebSocket: Connection });
    const kit = runApp<Kit>(app.device, files, { timerPromise });
    const platform = kit.wechat();
    const { clock } = kit;
    const inspect = kit.createInspector({ platform, url: 'ws://127.0.0.1:6010', token: 'token', clock });
    const auth = kit.createAuth({ platform, backend: kit.server({ baseUrl: BASE_URL }), clock, inspect });
    const session = watch(auth.ensure());
    await app.clock.advance(2 * second);
    watch(auth.signOut());
    await app.clock.advance(second);
    expect([wordOf(session), inspect.getStatus()]).toEqual(['ok', 'connected']);
    const records = came.flatMap(({ records = [] }) => records).flatMap((record) => readRecord(record) ?? []);
    expect(records.length).toBeGreaterThan(10);
    expect(replay({ records })).toMatchObject({ differences: [], skipped: [] });
    const text = JSON.stringify(came);
    const codes = app.world.wechat.codes.map(({ code }) => code);
    const tokens = app.backend.calls.flatMap(({ token }) => token ?? []);
    const secrets = [...codes, ...tokens].filter((secret) => secret !== '');
    expect(secrets.length).toBeGreaterThan(1);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
