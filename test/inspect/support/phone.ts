import { WebSocket } from 'ws';
import { createActor, createMachine } from 'xstate';
import { server } from '../../../adapters/server.js';
import { wechat } from '../../../adapters/wechat.js';
import { createInspector, type Inspector } from '../../../inspect/index.js';
import type { Auth } from '../../../machines/auth.js';
import { createAuth } from '../../../machines/create-auth.js';
import { createMemoryServer, createWechatDevice, createWorld, type WechatDevice } from '../../../simulator/index.js';
import { APP, BASE_URL } from '../../support/app.js';

/** A simulated phone with an app on it, which is inspected over a real socket, in real time. */
export interface InspectedPhone {
  readonly device: WechatDevice;
  readonly auth: Auth;
  readonly inspector: Inspector;
  /** What is secret in this world, so far. */
  secrets(): string[];
  stop(): void;
}

export interface InspectedPhoneOptions {
  url: string;
  token: string;
  name: string;
  onProblem?: (problem: string) => void;
}

export function startPhone({ url, token, name, onProblem = () => {} }: InspectedPhoneOptions): InspectedPhone {
  const world = createWorld();
  world.addApp(APP);
  const person = world.addPerson({ nickname: '小明' });
  const backend = createMemoryServer({ openApi: world.fetch, ...APP });
  const device = createWechatDevice({
    cloud: world.wechat,
    appId: APP.appId,
    person,
    WebSocket,
    fetch: (input, init) => backend.fetch(input, init),
  });
  const platform = wechat({ wx: device.wx });
  const inspector = createInspector({ platform, url, token, device: name, onProblem });
  const auth = createAuth({ platform, backend: server({ baseUrl: BASE_URL }), inspect: inspector });
  auth.start();
  return {
    device,
    auth,
    inspector,
    secrets: () =>
      [...world.wechat.codes.map(({ code }) => code), ...backend.calls.map(({ token }) => token ?? '')].filter(Boolean),
    stop() {
      auth.stop();
      inspector.close();
    },
  };
}

/** A flow that goes round and round, and what its events carry. */
export interface Runner {
  send(event: { readonly type: 'STEP'; readonly [name: string]: unknown }): void;
}

export function startRunner(inspect: Inspector): Runner {
  const runner = createMachine({
    id: 'runner',
    initial: 'left',
    states: { left: { on: { STEP: 'right' } }, right: { on: { STEP: 'left' } } },
  });
  return createActor(runner, { inspect }).start();
}
