import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { errorKinds, server } from '../../../adapters/server.js';
import { systemClock } from '../../../ports/clock.js';
import type { PhoneByCode, PhoneByEncryption, PhoneProof, PhoneSignIn } from '../../../ports/phone.js';
import type { HostProfile, SealedProfile, SignedProfile } from '../../../ports/profile.js';
import { type Secret, secret } from '../../../ports/secret.js';
import { type ErrorCode, Refusal } from '../../../server/errors.js';
import {
  createMemoryServer,
  createWorld,
  encryptBaiduData,
  encryptOpenData,
  type NewPerson,
  type Person,
} from '../../../simulator/index.js';
import { serversUnderTest } from '../../server/support/server.js';
import { type Fetch, type Files, networkOver } from '../support/network.js';

const APP = { appId: 'wx-backend-app', appSecret: 'backend-secret', openPlatform: 'backend-platform' };
const BAIDU = { appKey: 'baidu-backend-app', appSecret: 'baidu-backend-secret' };

/** The hosts that have accounts. */
export type BackendHost = 'wechat' | 'baidu';

/** What stands behind the adapter, reached as if it were at `https://api.test`. */
export interface Behind {
  fetch: Fetch;
  /** The same server, where clients may not write profiles. */
  fetchWithoutProfiles: Fetch;
  stop(): Promise<void>;
}

export type StartBehind = (world: {
  app: typeof APP;
  baidu: typeof BAIDU;
  openApi: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
}) => Promise<Behind>;

export const memoryServer: StartBehind = async ({ app, baidu, openApi }) => {
  const start = (profileUpdates: boolean): Fetch =>
    createMemoryServer({ ...app, baidu, openApi, profileUpdates }).fetch;
  return { fetch: start(true), fetchWithoutProfiles: start(false), stop: async () => {} };
};

/** denglu's own server, with a database. */
export const realServer: StartBehind = async ({ app: { appId, appSecret }, baidu, openApi }) => {
  const servers = await serversUnderTest({
    wechat: { appId, appSecret, apiUrl: 'https://open-api.invalid' },
    baidu: { ...baidu, apiUrl: 'https://open-api.invalid' },
    publicUrl: 'https://api.test',
  });
  const start = async (profileUpdates: boolean): Promise<Fetch> => {
    const { fetch } = await servers.start({ profileUpdates }, { fetch: openApi });
    return (url, init) => fetch(new Request(url, init));
  };
  return { fetch: await start(true), fetchWithoutProfiles: await start(false), stop: servers.stop };
};

/**
 * A backend of an app that is on both hosts, with people in front of it, and the open APIs behind it. Time is real, and
 * nobody waits for it.
 *
 * @param host the one that the people use
 */
export async function startBench(startBehind: StartBehind, host: BackendHost) {
  let behindBy = 0;
  const clock = { ...systemClock, now: () => Date.now() - behindBy };
  const limits = { callsPerSecond: 1000, exchangesPerMinute: 1000 };
  const world = createWorld({ clock, limits });
  world.addApp(APP);
  world.addBaiduApp(BAIDU);
  const sessionKeys: string[] = [];
  let toldUnionid: string | null | undefined;

  const behind = await startBehind({
    app: APP,
    baidu: BAIDU,
    async openApi(url, init) {
      const response = await world.fetch(url, init);
      const answer: unknown = await response
        .clone()
        .json()
        .catch(() => null);
      if (typeof answer !== 'object' || answer === null || !('session_key' in answer)) return response;
      sessionKeys.push(String(answer.session_key));
      return Response.json({ ...answer, ...(toldUnionid !== undefined && { unionid: toldUnionid ?? undefined }) });
    },
  });
  const files: Files = new Map();
  const connect = (fetch: Fetch) =>
    server({ baseUrl: 'https://api.test' })({ name: host, ...networkOver(fetch, files) });

  const newPerson = (more: Partial<NewPerson> = {}) =>
    world.addPerson({ nickname: '小明', phoneNumber: `1${randomInt(3e9, 9e9)}`, ...more });
  const backend = connect(behind.fetch);
  const accountOf = ({ id }: Person) => ({ appId: APP.appId, personId: id });
  const onBaidu = ({ id }: Person) => ({ appKey: BAIDU.appKey, personId: id });
  const issue = (person: Person) =>
    host === 'wechat' ? world.wechat.issueCode(accountOf(person)) : world.baidu.issueCode(onBaidu(person));
  const loginCode = async (person: Person) => secret(await issue(person));

  /** The number of a person, as WeChat gives it in both ways, with the session key of now. */
  async function wechatPhoneOf(person: Person) {
    const { code, encryptedData, iv } = await world.wechat.givePhone(accountOf(person), 'getPhoneNumber');
    const byCode: PhoneByCode = { phoneCode: secret(code) };
    const byEncryption: PhoneByEncryption = { encryptedData: secret(encryptedData), iv };
    return { byCode, byEncryption, phone: `+86${person.phoneNumber}` };
  }

  async function phoneOf(person: Person) {
    if (host === 'wechat') {
      const { byCode, ...others } = await wechatPhoneOf(person);
      const proof: PhoneProof = byCode;
      return { ...others, proof };
    }
    const { data, iv } = await world.baidu.givePhone(onBaidu(person));
    const byEncryption: PhoneByEncryption = { encryptedData: secret(data), iv };
    const proof: PhoneProof = byEncryption;
    return { byEncryption, proof, phone: `+86${person.phoneNumber}` };
  }

  /** The profile of a person, as Baidu seals it with the session key of now (B-05). */
  async function sealedProfileOf(person: Person): Promise<HostProfile & { signed: SealedProfile }> {
    const { userInfo, data, iv } = await world.baidu.giveProfile(onBaidu(person));
    const { nickName: nickname, avatarUrl } = userInfo;
    return { nickname, avatarUrl, isAnonymous: false, signed: { encryptedData: secret(data), iv } };
  }

  async function profileAs(
    person: Person,
    wish: { anonymous: boolean; withIds: boolean },
  ): Promise<HostProfile & { signed: SignedProfile }> {
    const asked = { ...wish, lang: 'zh_CN' };
    const { userInfo, encryptedData, ...given } = await world.wechat.giveProfile(accountOf(person), asked);
    const { nickName: nickname, avatarUrl } = userInfo;
    const { anonymous: isAnonymous } = wish;
    return { nickname, avatarUrl, isAnonymous, signed: { ...given, encryptedData: secret(encryptedData) } };
  }

  return {
    host,
    app: APP,
    world,
    backend,
    backendWithoutProfiles: connect(behind.fetchWithoutProfiles),
    stop: behind.stop,
    newPerson,
    accountOf,
    loginCode,

    /** Somebody who signed in silently. */
    async enter(person = newPerson(), to = backend) {
      const code = await loginCode(person);
      const session = await to.signIn({ code, createUser: true, withUnionId: false, expectedUserId: null });
      return { person, ...session };
    },

    wechatPhoneOf,

    /** The number of a person, as the host gives it by its newest way and sealed, with the session key of now. */
    phoneOf,

    /** A sign-in by the number of a person, for which the code is taken first (G-03). */
    async phoneSignInOf(person: Person, more: Partial<PhoneSignIn> = {}): Promise<PhoneSignIn> {
      const code = await loginCode(person);
      return signInWith((await phoneOf(person)).proof, code, more);
    },

    sealedProfileOf,

    /** The profile of a person, as the host gives it, with the session key of now. */
    profileOf: (person: Person): Promise<HostProfile> =>
      host === 'wechat' ? profileAs(person, { anonymous: false, withIds: false }) : sealedProfileOf(person),

    /** The profile of a person, as WeChat signs it with the session key of now. */
    signedProfileOf: (person: Person, withIds = false) => profileAs(person, { anonymous: false, withIds }),

    /** What the host gives instead of who it is (W-08). */
    standInOf: (person: Person) => profileAs(person, { anonymous: true, withIds: false }),

    /** Sends what no adapter would, past the adapter. */
    async tell(path: string, token: Secret | null, body: object): Promise<{ status: number; body: unknown }> {
      const response = await behind.fetch(`https://api.test/api/auth/denglu/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token.reveal()}` }),
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },

    /** A file as it may be uploaded; answers its path. */
    addFile(bytes: Uint8Array<ArrayBuffer>): string {
      const path = `wxfile://${randomUUID()}`;
      files.set(path, bytes);
      return path;
    },

    /** What WeChat would encrypt with the session key that the server was told last. */
    sealed(content: object): PhoneByEncryption {
      const iv = randomBytes(16).toString('base64');
      return { encryptedData: secret(encryptOpenData(JSON.stringify(content), sessionKeys.at(-1) ?? '', iv)), iv };
    },

    /** What Baidu would seal with the session key that the server was told last (B-09). */
    sealedByBaidu(content: object): PhoneByEncryption {
      const iv = randomBytes(16).toString('base64');
      const seal = { sessionKey: sessionKeys.at(-1) ?? '', iv, appKey: BAIDU.appKey };
      const noise = new Uint8Array(randomBytes(16));
      return { encryptedData: secret(encryptBaiduData(JSON.stringify(content), seal, noise)), iv };
    },

    /** Somebody else asks the host for another access token, by force: the server's is worth nothing any more. */
    async takeBackAccessToken(): Promise<void> {
      const { appId: appid, appSecret } = APP;
      const wish = { grant_type: 'client_credential', appid, secret: appSecret, force_refresh: true };
      const init = { method: 'POST', body: JSON.stringify(wish) };
      await world.fetch('https://open-api.invalid/cgi-bin/stable_token', init);
    },

    /** Whoever logs in meanwhile is told by this unionid, or by none. */
    async tellingUnionid<T>(unionid: string | null, work: () => Promise<T>): Promise<T> {
      toldUnionid = unionid;
      try {
        return await work();
      } finally {
        toldUnionid = undefined;
      }
    },

    /** What is done meanwhile happens so many milliseconds ago in WeChat's world, and now on the server. */
    async earlier<T>(ms: number, work: () => Promise<T>): Promise<T> {
      behindBy = ms;
      try {
        return await work();
      } finally {
        behindBy = 0;
      }
    },
  };
}

export type Bench = Awaited<ReturnType<typeof startBench>>;

export const signInWith = (phone: PhoneProof, code: Secret, more: Partial<PhoneSignIn> = {}): PhoneSignIn => ({
  phone,
  code,
  createUser: true,
  withUnionId: false,
  ...more,
});

/** That the server refuses by this code, with its status, and that the adapter reads it as its kind. */
export async function expectRefused(asked: PromiseLike<unknown>, code: ErrorCode): Promise<void> {
  const outcome = await Promise.resolve(asked).then(
    () => 'nothing was refused',
    (error: unknown) => error,
  );
  const { status, body } = new Refusal(code);
  const { baasCode } = body;
  expect(outcome).toMatchObject({ kind: errorKinds[code], raw: { code, status } });
  if (baasCode === undefined) expect(outcome).not.toHaveProperty('raw.baasCode');
  else expect(outcome).toHaveProperty('raw.baasCode', baasCode);
}

let lastName = 0;

/** A text that no user has as a name. */
export function newName(): string {
  lastName += 1;
  return `user_${process.pid}_${lastName}`;
}
