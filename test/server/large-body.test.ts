import { Agent, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Servers, SIGN_IN, serversUnderTest } from './support/server.js';

const AVATAR = '/api/auth/denglu/avatar';
const MEGABYTE = 1024 * 1024;

let servers: Servers;
let url: string;

beforeAll(async () => {
  servers = await serversUnderTest();
  url = await servers.server.listen();
});
afterAll(() => servers.stop());

const whole = (size: number) => new Uint8Array(size);

/** The same without a length, so that it is sent in chunks. */
const inChunks = (size: number) => {
  let left = size;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(Math.min(left, 64 * 1024)));
      left -= 64 * 1024;
      if (left <= 0) controller.close();
    },
  });
};

const form = (size: number) => {
  const data = new FormData();
  data.append('file', new Blob([new Uint8Array(size)], { type: 'image/png' }), 'avatar.png');
  return data;
};

async function post(path: string, body: BodyInit, headers: Record<string, string> = {}) {
  const init = { method: 'POST', body, headers, duplex: 'half' };
  const response = await fetch(`${url}${path}`, init);
  const { json } = await servers.read(response);
  return [response.status, json.code];
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a body that is much too large is refused in words that arrive, on connections that are kept', () => {
  it.each<[string, string, () => BodyInit, Record<string, string>, string]>([
    ['JSON of two megabytes', SIGN_IN, () => whole(2 * MEGABYTE), JSON_TYPE, 'BODY_TOO_LARGE'],
    ['JSON of two megabytes in chunks', SIGN_IN, () => inChunks(2 * MEGABYTE), JSON_TYPE, 'BODY_TOO_LARGE'],
    ['a picture of four megabytes', AVATAR, () => form(4 * MEGABYTE), {}, 'AVATAR_TOO_LARGE'],
    ['a picture of ten megabytes', AVATAR, () => form(10 * MEGABYTE), {}, 'AVATAR_TOO_LARGE'],
    ['a picture of ten megabytes in chunks', AVATAR, () => inChunks(10 * MEGABYTE), {}, 'AVATAR_TOO_LARGE'],
  ])('%s', async (_, path, body, headers, code) => {
    for (let round = 0; round < 25; round += 1) {
      expect(await post(path, body(), headers)).toEqual([413, code]);
      expect(await post(SIGN_IN, '{}', JSON_TYPE)).toEqual([400, 'INVALID_REQUEST']);
    }
  });
});

it('a body of very many megabytes is not read to its end', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 64 * 1024;
      controller.enqueue(new Uint8Array(64 * 1024));
      if (sent === 64 * MEGABYTE) controller.close();
    },
  });
  const outcome = await post(SIGN_IN, body, JSON_TYPE).catch(() => 'cut off');
  expect([[413, 'BODY_TOO_LARGE'], 'cut off']).toContainEqual(outcome);
  expect(sent).toBeLessThan(64 * MEGABYTE);
  expect(await post(SIGN_IN, '{}', JSON_TYPE)).toEqual([400, 'INVALID_REQUEST']);
});

it.each([
  [10, 'keep-alive'],
  [17, 'close'],
  [20, 'close'],
  [100, 'close'],
])(
  'after a body of %i megabytes a pool of connections is told "%s", and loses no request that comes next',
  async (megabytes, said) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = (body: Uint8Array) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const asked = request(url + SIGN_IN, { method: 'POST', agent, headers: JSON_TYPE }, (answer) => {
          answer.resume().once('end', () => resolve(answer));
        });
        asked.on('error', reject).end(body);
      });
    const body = whole(megabytes * MEGABYTE);
    for (let round = 0; round < 5; round += 1) {
      const { statusCode, headers } = await send(body);
      expect([statusCode, headers.connection]).toEqual([413, said]);
      expect((await send(whole(2))).statusCode).toBe(400);
    }
    agent.destroy();
  },
);
