import { createDecipheriv } from 'node:crypto';
import type { ButtonEvent } from '../../../simulator/index.js';
import { APP, type createScene, exchange } from './scene.js';

type Scene = ReturnType<typeof createScene>;

/** Logs the person in, as their app or another of their devices does, and answers the key that the server then has. */
export async function logIn({ world, account }: Scene): Promise<string> {
  const { session_key } = await exchange(world, await world.wechat.issueCode(account));
  return String(session_key);
}

/**
 * Opens sealed data as a server does (S-04).
 *
 * @throws Error where it was sealed with another key
 */
export function unseal(sealed: Readonly<Record<string, unknown>>, sessionKey: string): unknown {
  const [key, iv] = [sessionKey, String(sealed.iv)].map((text) => Buffer.from(text, 'base64'));
  const decipher = createDecipheriv('aes-128-cbc', key ?? '', iv ?? '');
  const plain = Buffer.concat([decipher.update(String(sealed.encryptedData), 'base64'), decipher.final()]);
  return JSON.parse(plain.toString());
}

/** Handlers for a button, and the events that they heard, in order. */
export function createButtonEar() {
  const heard: ButtonEvent[] = [];
  const note = (event: ButtonEvent) => void heard.push(event);
  const handlers = {
    getphonenumber: note,
    getrealtimephonenumber: note,
    getuserinfo: note,
    chooseavatar: note,
    agreeprivacyauthorization: note,
  };
  return { heard, handlers };
}

/** What the open API answers to our server, as it reads it. */
export function createServerLine({ world }: Pick<Scene, 'world'>) {
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    return JSON.parse(await (await world.fetch(`http://wechat.test${path}`, init)).text());
  };
  const get = async (path: string): Promise<Record<string, unknown>> =>
    JSON.parse(await (await world.fetch(`http://wechat.test${path}`)).text());
  const takeToken = (change: object = {}) =>
    post('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid: APP.appId,
      secret: APP.appSecret,
      ...change,
    });
  const phoneOf = (code: unknown, token: unknown) =>
    post(`/wxa/business/getuserphonenumber?access_token=${token}`, { code });
  return { get, post, takeToken, phoneOf };
}
