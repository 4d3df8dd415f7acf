import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openRedis } from '../../server/redis/open.js';
import { redisState } from '../../server/redis/redis-state.js';
import { StartError } from '../../server/start-error.js';
import { serversUnderTest, USER } from '../server/support/server.js';
import { sharedStateRules } from '../server/support/shared-state-rules.js';

const url = process.env.TEST_REDIS_URL ?? '';

sharedStateRules('the state that processes share in Redis', async () => {
  const [one, other] = await Promise.all([openRedis(url), openRedis(url)]);
  const prefix = `${randomUUID()}:`;
  return {
    states: [redisState(one, prefix), redisState(other, prefix)],
    async close() {
      one.disconnect();
      other.disconnect();
    },
  };
});

it('nothing that is hot reaches the database where there is Redis', async () => {
  const redisUrl = `${url}/0?keyPrefix=${randomUUID()}:`;
  const servers = await serversUnderTest({ redisUrl });
  const { openApi } = servers;
  const body = { code: openApi.codeFor({ openid: 'o-1' }), phoneCode: openApi.phoneCodeFor('+8613800000000') };
  const answer = await servers.ask('/api/auth/denglu/wechat/phone-sign-in', { body });
  expect(answer.status).toBe(200);
  expect((await servers.ask(USER, { token: answer.json.token })).status).toBe(200);
  for (const table of ['dengluRateWindow', 'dengluSpentCode', 'dengluHostToken']) {
    expect(await servers.rows(`select * from ${table}`)).toEqual([]);
  }
  await servers.stop();
});

it('what Redis holds signs nobody in, and names no token of the host (S-06)', async () => {
  const prefix = randomUUID();
  const servers = await serversUnderTest({ redisUrl: `${url}/0?keyPrefix=${prefix}:` });
  const { openApi } = servers;
  const body = { code: openApi.codeFor({ openid: 'o-2' }), phoneCode: openApi.phoneCodeFor('+8613800000001') };
  const { token } = (await servers.ask('/api/auth/denglu/wechat/phone-sign-in', { body })).json;
  const redis = await openRedis(url);
  const keys = await redis.keys(`${prefix}*`);
  const held = await Promise.all(
    keys.map(async (key) => ((await redis.type(key)) === 'hash' ? redis.hgetall(key) : redis.get(key))),
  );
  redis.disconnect();
  expect(keys.length).toBeGreaterThan(3);
  const everything = JSON.stringify([keys, held]);
  for (const secret of [token, ...openApi.accessTokens, ...openApi.sessionKeys, body.code, body.phoneCode]) {
    expect(everything).not.toContain(secret);
  }
  await servers.stop();
});

it('a server whose Redis cannot be reached does not start, and says so', async () => {
  await expect(openRedis('redis://127.0.0.1:1')).rejects.toThrow(StartError);
  await expect(openRedis('redis://127.0.0.1:1')).rejects.toThrow(/^REDIS_URL cannot be reached: .+/);
});

it('a server whose REDIS_URL names a database that is not there does not start, rather than use another one', async () => {
  await expect(openRedis(`${url}/99`)).rejects.toThrow(StartError);
  await expect(openRedis(`${url}/99`)).rejects.toThrow(/^REDIS_URL cannot be reached: .*out of range/);
  await expect(openRedis(`${url}/abc`)).rejects.toThrow(/^- REDIS_URL must be .+\n {2}REDIS_URL 必须是/m);
  const redis = await openRedis(`${url}/3`);
  expect(String(await redis.client('INFO'))).toContain(' db=3 ');
  redis.disconnect();
});
