import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../examples/wechat/server/app.js';
import { type Servers, SIGN_IN, serversUnderTest } from '../server/support/server.js';

let servers: Servers;
let sample: { url: string; close(): void };

beforeAll(async () => {
  servers = await serversUnderTest({ trustedProxies: ['127.0.0.1'] });
  const listener = serve({ fetch: createApp(servers.server).fetch, hostname: '127.0.0.1', port: 0 });
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  sample = { url: `http://127.0.0.1:${port}`, close: () => listener.close() };
});
afterAll(async () => {
  sample.close();
  await servers.stop();
});

async function signIn() {
  const body = JSON.stringify({ code: servers.openApi.codeFor({ openid: 'o-orders' }) });
  const headers = { 'content-type': 'application/json' };
  return servers.read(await fetch(`${sample.url}${SIGN_IN}`, { method: 'POST', headers, body }));
}

it('the sample’s server signs in, and has orders for whoever did', async () => {
  const { json } = await signIn();
  const answer = await fetch(`${sample.url}/orders`, { headers: { authorization: `Bearer ${json.token}` } });
  const { orders }: { orders: { id: string }[] } = await answer.json();
  expect(orders.map(({ id }) => id)).toEqual([`${json.user.id}-1`, `${json.user.id}-2`]);
});

it('it has none without a token, and says so as denglu’s server does', async () => {
  const answer = await servers.read(await fetch(`${sample.url}/orders`));
  expect([answer.status, answer.json.code]).toEqual([401, 'TOKEN_REJECTED']);
});

it('it tells denglu’s server where requests come from, so that they are counted there (G-21)', async () => {
  const counted = async () => (await servers.rows('select key from dengluRateWindow')).map(({ key }) => String(key));
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  await fetch(`${sample.url}/orders`, from('203.0.113.7'));
  expect(await counted()).toContain('address 203.0.113.7');
  await fetch(`${sample.url}/api/auth/denglu/user`, from('203.0.113.8'));
  expect(await counted()).toContain('address 203.0.113.8');
});
