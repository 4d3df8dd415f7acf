import { afterEach, expect, it } from 'vitest';
import { answers, breaks } from './support/open-api.js';
import { type Servers, serversUnderTest, USER } from './support/server.js';

let servers: Servers;

afterEach(() => servers.stop());

/** The lines of one metric, whatever the order of their labels. */
async function lines(name: string): Promise<string[]> {
  const { text } = await servers.ask('/metrics');
  return text.split('\n').filter((line) => line.startsWith(`${name}{`));
}

it('Prometheus reads sign-ins by host, kind and outcome, and what the host refused by its code', async () => {
  servers = await serversUnderTest({ metrics: true, baasClientId: 'a-client' });
  const { openApi } = servers;
  await servers.signIn({ code: openApi.codeFor({ openid: 'o-1' }) });
  await servers.signIn({ code: openApi.codeFor({ openid: 'o-2' }) });
  await servers.signIn({ code: openApi.codeTreated(answers({ errcode: 45011 })) });
  await servers.signIn({ code: openApi.codeTreated(breaks) });
  await servers.signIn({ code: openApi.codeTreated(answers('', 502)) });
  await servers.ask('/api/auth/denglu/anonymous-sign-in', { body: {} });
  await servers.ask('/hserve/v2.5/idp/wechat/silent-login/', {
    body: { code: openApi.codeFor({ openid: 'o-1' }), create_user: true },
    headers: { 'x-hydrogen-client-id': 'a-client' },
  });

  expect(await lines('denglu_sign_ins_total')).toEqual([
    'denglu_sign_ins_total{host="wechat",kind="silent",outcome="ok"} 3',
    'denglu_sign_ins_total{host="wechat",kind="silent",outcome="RATE_LIMITED"} 1',
    'denglu_sign_ins_total{host="wechat",kind="silent",outcome="HOST_UNAVAILABLE"} 2',
    'denglu_sign_ins_total{host="none",kind="anonymous",outcome="ok"} 1',
  ]);
  const timed = await lines('denglu_request_seconds_count');
  expect(timed).toContain('denglu_request_seconds_count{method="POST",kind="silent",status="200"} 2');
  expect(await lines('denglu_open_api_errors_total')).toEqual([
    'denglu_open_api_errors_total{host="wechat",code="45011"} 1',
    'denglu_open_api_errors_total{host="wechat",code="network"} 1',
    'denglu_open_api_errors_total{host="wechat",code="http_502"} 1',
  ]);
});

it('what is no sign-in is not counted as one: a browser’s question before it, and an address that only looks like it', async () => {
  servers = await serversUnderTest({ metrics: true, allowedOrigins: ['https://page.example'] });
  const headers = { origin: 'https://page.example', 'access-control-request-method': 'POST' };
  const before = await servers.ask('/api/auth/denglu/password-sign-in', { method: 'OPTIONS', headers });
  const elsewhere = await servers.ask('/elsewhere/api/auth/denglu/wechat/sign-in', { body: {} });
  expect([before.status, elsewhere.status]).toEqual([204, 404]);
  expect(await lines('denglu_sign_ins_total')).toEqual([]);
  const timed = await lines('denglu_request_seconds_count');
  expect(timed).toContain('denglu_request_seconds_count{method="OPTIONS",kind="other",status="204"} 1');
  expect(timed).toContain('denglu_request_seconds_count{method="POST",kind="other",status="404"} 1');
});

it('every request is timed, and no address of a client’s making becomes a label', async () => {
  servers = await serversUnderTest({ metrics: true });
  await servers.ask(USER);
  await servers.ask('/made-up/by-a-client');
  const text = (await servers.ask('/metrics')).text;
  expect(text).toContain('denglu_request_seconds_count{method="GET",kind="other",status="401"} 1');
  expect(text).toContain('denglu_request_seconds_count{method="GET",kind="other",status="404"} 1');
  expect(text).not.toContain('made-up');
});

it('there is nothing to read unless it was asked for', async () => {
  servers = await serversUnderTest();
  expect((await servers.ask('/metrics')).status).toBe(404);
});

it('Prometheus reads on a port of its own where there is one, which has nothing else, and nobody reads on the public one', async () => {
  servers = await serversUnderTest({ metrics: true, metricsPort: 0 });
  const url = await servers.server.listen();
  const { metricsUrl } = servers.logged().find(({ msg }) => msg === 'listening') ?? {};
  const own = new URL(String(metricsUrl));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await (await fetch(own)).text()).toContain('denglu_request_seconds_count{method="GET"');
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  for (const path of ['/healthz', '/readyz', USER, '/']) expect((await fetch(new URL(path, own))).status).toBe(404);
  await servers.server.close();
  await expect(fetch(own)).rejects.toThrow('fetch failed');
});

it('a server whose port for Prometheus is taken says which variable sets it', async () => {
  servers = await serversUnderTest();
  const { port } = new URL(await servers.server.listen());
  const other = await servers.start({ metrics: true, metricsPort: Number(port) });
  await expect(other.listen()).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken. Set METRICS_PORT to another one.`);
});
