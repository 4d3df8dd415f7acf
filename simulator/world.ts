import { type Clock, systemClock } from '../ports/clock.js';
import type { BaiduApp } from './baidu/accounts.js';
import { createBaidu, type SimulatedBaidu } from './baidu/cloud.js';
import { createControlApi } from './control-api.js';
import { createPeople, type NewPerson, type Person } from './people.js';
import type { Random } from './random.js';
import type { WechatApp } from './wechat/accounts.js';
import { createWechat, type SimulatedWechat, type WechatLimits } from './wechat/cloud.js';

export interface WorldOptions {
  /** Default: real time. */
  clock?: Clock;
  /** Where ids, codes and keys come from; `seededRandom` makes them the same in every run. Default `Math.random`. */
  random?: Random;
  limits?: WechatLimits;
}

/** People and clouds, in memory. Devices are made beside it: `createWechatDevice({ cloud: world.wechat, … })`. */
export interface World {
  readonly people: readonly Person[];
  addPerson(person: NewPerson): Person;
  /** Registers a mini-program with WeChat. */
  addApp(app: WechatApp): WechatApp;
  readonly wechat: SimulatedWechat;
  /** Registers a mini-program with Baidu. */
  addBaiduApp(app: BaiduApp): BaiduApp;
  readonly baidu: SimulatedBaidu;

  /**
   * The open APIs (S, B-08), and under `/simulator/` what `remoteCloud` needs, as a fetch function: serve it over a port, or
   * pass it where a `fetch` is wanted.
   */
  readonly fetch: WorldFetch;
}

/** Both what a server calls with each request, and what a program calls instead of `fetch`. */
interface WorldFetch {
  (request: Request): Promise<Response>;
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
}

/** Makes a world without apps or people. */
export function createWorld({ clock = systemClock, random = Math.random, limits = {} }: WorldOptions = {}): World {
  const people = createPeople();
  const { wechat, addApp, routeOpenApi } = createWechat({ clock, random, people, limits });
  const { baidu, addApp: addBaiduApp, routeOpenApi: routeBaidu } = createBaidu({ clock, random, people });
  const control = createControlApi(people, wechat);

  const route = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/simulator/')) return control(request);
    return routeOpenApi(request) ?? routeBaidu(request) ?? new Response('Not Found', { status: 404 });
  };

  return {
    get people() {
      return people.list();
    },
    addPerson: people.add,
    addApp,
    wechat,
    addBaiduApp,
    baidu,
    async fetch(input: Request | URL | string, init?: RequestInit) {
      const request = new Request(input, init);
      return unlessAborted(request.signal, route(request));
    },
  };
}

/** The caller hears no more; what runs here goes on, as a server does that lost its client. */
function unlessAborted<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    answer.then(resolve, reject);
  });
}
