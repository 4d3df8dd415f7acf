import type { InspectionEvent } from 'xstate';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { storedSession } from '../../machines/stored-session.js';
import type { Locale } from '../../ports/failure.js';
import { createWechatDevice, type WechatDevice } from '../../simulator/index.js';
import type { ComponentSource } from '../mini-program/components.js';
import { type App, launch } from './app.js';
import { type HostApi, type HostFault, hostApis, hostFaults, type OpenApiFaultName, openApiFaults } from './faults.js';
import type { Surroundings } from './surroundings.js';

/** The app on somebody's phone, and all that may be done to it from outside. */
export interface Simulation {
  readonly personId: string;
  readonly online: boolean;
  readonly createUser: boolean;

  setLocale(locale: Locale): void;
  setCreateUser(createUser: boolean): void;
  /** Another person's phone, with a store of its own. */
  choosePerson(id: string): void;
  restart(): void;
  hide(): void;
  show(): void;
  setOnline(online: boolean): void;
  failHost(api: HostApi, fault: HostFault): void;
  /** Lets the host calls that hang answer after all. */
  releaseHanging(): void;

  expireHostSession(): Promise<void>;
  /** As the cloud has it, which outlives this page and may have other pages. */
  isBlocked(): Promise<boolean>;
  setBlocked(blocked: boolean): Promise<void>;
  failOpenApi(fault: OpenApiFaultName): Promise<void>;
  /** Ends the session on the server behind the app's back. Answers whether there was one. */
  revokeToken(): Promise<boolean>;

  release(): void;
}

export interface SimulationOptions {
  surroundings: Surroundings;
  components: readonly ComponentSource[];
  screen: HTMLElement;
  locale: Locale;
  inspect: (event: InspectionEvent) => void;
}

export function simulate({ surroundings, components, screen, inspect, ...options }: SimulationOptions): Simulation {
  const { cloud, appId, people, serverUrl, fetch } = surroundings;
  const devices = new Map<string, WechatDevice>();
  let { locale } = options;
  let createUser = true;
  let personId = people[0]?.id ?? '';
  let device = deviceOf(personId);
  let app = start();

  function deviceOf(id: string): WechatDevice {
    const known = devices.get(id);
    if (known) return known;
    const made = createWechatDevice({ cloud, appId, person: { id }, fetch, latency: 150 });
    devices.set(id, made);
    return made;
  }

  function start(): App {
    return launch({ wx: device.wx, screen, components, serverUrl, locale, createUser, inspect });
  }

  return {
    get personId() {
      return personId;
    },
    get online() {
      return device.online;
    },
    get createUser() {
      return createUser;
    },

    setLocale(next) {
      locale = next;
      app.setLocale(next);
    },
    setCreateUser(next) {
      createUser = next;
      app.setCreateUser(next);
    },
    choosePerson(id) {
      app.kill();
      personId = id;
      device = deviceOf(id);
      app = start();
    },
    restart() {
      app.kill();
      device.restart();
      app = start();
    },
    hide: () => device.hide(),
    show: () => device.show(),
    setOnline: (online) => (online ? device.goOnline() : device.goOffline()),
    failHost: (api, fault) => device.faults.next(api, hostFaults[fault](api)),
    releaseHanging() {
      for (const api of hostApis) for (const call of device.pending(api)) call.release();
    },

    expireHostSession: () => cloud.expireSession({ appId, personId }),
    isBlocked: async () => (await cloud.blockedPeople()).includes(personId),
    setBlocked: (block) => (block ? cloud.block(personId) : cloud.unblock(personId)),
    failOpenApi: (fault) => cloud.failOpenApi(openApiFaults[fault]),
    async revokeToken() {
      const platform = wechat({ wx: device.wx });
      const { name } = server({ baseUrl: serverUrl })(platform);
      const session = storedSession.read(platform.storage, name);
      if (!session) return false;
      const headers = { authorization: `Bearer ${session.token.reveal()}` };
      await fetch(`${serverUrl}/api/auth/denglu/sign-out`, { method: 'POST', headers });
      return true;
    },

    release: () => app.kill(),
  };
}
