import { randomUUID } from 'node:crypto';
import type { ServerConfig } from '../../../server/index.js';
import { createMemoryServer, createWorld, type NewPerson, type Person } from '../../../simulator/index.js';
import { type Body, type Question, serversUnderTest, toRequest } from './server.js';

// The id is the same, so that nothing but the host tells them apart.
const BAIDU = { appKey: 'one-id-on-both-hosts', appSecret: 'baidu-secret' };
const WECHAT = { appId: 'one-id-on-both-hosts', appSecret: 'wechat-secret' };

/** What apps on the BaaS SDK are initialised with. */
export const BAAS_CLIENT_ID = 'client-of-the-sdk';

interface Behind {
  fetch(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

export type StartBehind = (openApi: typeof fetch, isWechatToo: boolean) => Promise<Behind>;

/** The simulator's server, of an app on both hosts or on Baidu alone. */
export const memoryServer: StartBehind = async (openApi, isWechatToo) => ({
  fetch: createMemoryServer({ openApi, ...(isWechatToo && WECHAT), baidu: BAIDU }).fetch,
  stop: async () => {},
});

/** denglu's own server, with a database. No session key of Baidu's may be said or logged by it. */
export const realServer: StartBehind = (openApi, isWechatToo) => startReal(openApi, isWechatToo, {});

/** The same, where no client may write profiles. */
export const realServerWithoutProfiles: StartBehind = (openApi, isWechatToo) =>
  startReal(openApi, isWechatToo, { profileUpdates: false });

async function startReal(openApi: typeof fetch, isWechatToo: boolean, more: Partial<ServerConfig>): Promise<Behind> {
  const servers = await serversUnderTest();
  const watched: typeof fetch = async (input, init) => {
    const response = await openApi(input, init);
    const answer: unknown = await response.clone().json();
    if (typeof answer === 'object' && answer !== null && 'session_key' in answer) {
      servers.openApi.sessionKeys.push(String(answer.session_key));
    }
    return response;
  };
  const wechat = isWechatToo ? { ...WECHAT, apiUrl: 'https://wechat.invalid' } : undefined;
  const baidu = { ...BAIDU, apiUrl: 'https://baidu.invalid' };
  const { fetch: send } = await servers.start(
    { wechat, baidu, baasClientId: BAAS_CLIENT_ID, ...more },
    { fetch: watched },
  );
  return { fetch: send, stop: servers.stop };
}

/** A server of an app that is on both hosts, and people who use it on either. */
export async function twoHosts(start: StartBehind, isWechatToo = true) {
  const world = createWorld();
  world.addApp(WECHAT);
  world.addBaiduApp(BAIDU);
  const behind = await start((input, init) => world.fetch(new Request(input, init)), isWechatToo);

  const ask = async (path: string, question: Question = {}) => {
    const response = await behind.fetch(toRequest(`https://api.test/api/auth/denglu/${path}`, question));
    const json: Body = JSON.parse(await response.text());
    return { status: response.status, json };
  };

  /** As the BaaS SDK asks. */
  const askHserve = async (path: string, { token, headers, ...question }: Question = {}) => {
    const own = { 'x-hydrogen-client-id': BAAS_CLIENT_ID, ...(token && { authorization: `Hydrogen-r1 ${token}` }) };
    const request = toRequest(`https://api.test/hserve/${path}`, { ...question, headers: { ...own, ...headers } });
    const response = await behind.fetch(request);
    const json: unknown = JSON.parse(await response.text());
    return { status: response.status, json };
  };

  const onBaidu = ({ id }: Person) => ({ appKey: BAIDU.appKey, personId: id });
  const onWechat = ({ id }: Person) => ({ appId: WECHAT.appId, personId: id });

  const bench = {
    world,
    appKey: BAIDU.appKey,
    ask,
    askHserve,
    stop: behind.stop,
    newPerson: (more: Partial<NewPerson> = {}) =>
      world.addPerson({
        nickname: '小明',
        phoneNumber: `139${randomUUID().replace(/\D/g, '').padEnd(8, '7').slice(0, 8)}`,
        ...more,
      }),
    onBaidu,
    baiduCode: (person: Person) => world.baidu.issueCode(onBaidu(person)),
    wechatCode: (person: Person) => world.wechat.issueCode(onWechat(person)),

    /** The number of a person as the event of Baidu's button tells it. */
    async baiduPhone(person: Person) {
      const { data: encryptedData, iv } = await world.baidu.givePhone(onBaidu(person));
      return { encryptedData, iv };
    },

    /** Who they are, as it is sent. */
    async baiduProfile(person: Person) {
      const { data: encryptedData, iv } = await world.baidu.giveProfile(onBaidu(person));
      return { encryptedData, iv };
    },

    async enterByBaidu(person: Person, more: object = {}) {
      const code = await bench.baiduCode(person);
      return ask('baidu/sign-in', { body: { code, ...more } });
    },
    async enterByWechat(person: Person, more: object = {}) {
      const code = await bench.wechatCode(person);
      return ask('wechat/sign-in', { body: { code, ...more } });
    },
  };
  return bench;
}

export type TwoHosts = Awaited<ReturnType<typeof twoHosts>>;
