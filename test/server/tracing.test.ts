import { context, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { breaks } from './support/open-api.js';
import { type Servers, SIGN_IN, serversUnderTest, toRequest, USER } from './support/server.js';

const PHONE_SIGN_IN = '/api/auth/denglu/wechat/phone-sign-in';
const exporter = new InMemorySpanExporter();
let servers: Servers;

beforeAll(async () => {
  servers = await serversUnderTest();
});
afterAll(() => servers.stop());

/** What an SDK would send of a span, all of it. */
const sent = ({ name, attributes, events, links, status, resource }: ReadableSpan) =>
  JSON.stringify([name, attributes, events, links, status, resource.attributes]);

const spans = () => exporter.getFinishedSpans();
const named = (name: string) => spans().filter((span) => span.name === name);
const only = (name: string) => {
  const [span, ...more] = named(name);
  if (!span || more.length > 0) throw new Error(`${name}: ${spans().map((other) => other.name)}`);
  return span;
};
const isBelow = (span: ReadableSpan, other: ReadableSpan) =>
  span.parentSpanContext?.spanId === other.spanContext().spanId;

describe('without an SDK of OpenTelemetry', () => {
  it('signs in as always, and nobody keeps a span', async () => {
    const { status } = await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-untraced' }) });
    expect(status).toBe(200);
    expect(trace.getActiveSpan()).toBeUndefined();
    expect(spans()).toEqual([]);
  });
});

describe('with an SDK of OpenTelemetry', () => {
  beforeAll(() => new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register());
  beforeEach(() => exporter.reset());
  afterAll(() => {
    trace.disable();
    context.disable();
  });

  it('takes only what may sign somebody in for a sign-in, as the metrics do', async () => {
    expect((await servers.ask(SIGN_IN)).status).toBe(404);
    expect(named(`GET ${SIGN_IN}`)).toHaveLength(1);
    expect(named('sign-in silent')).toEqual([]);
  });

  it('tells of a sign-in: the request, within it the sign-in, within that the host’s open API and the database', async () => {
    await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-traced' }) });
    const request = only(`POST ${SIGN_IN}`);
    expect(request.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': SIGN_IN,
      'http.response.status_code': 200,
    });
    const signIn = only('sign-in silent');
    expect(isBelow(signIn, request)).toBe(true);
    expect(signIn.attributes).toEqual({ 'denglu.host': 'wechat', 'denglu.kind': 'silent', 'denglu.outcome': 'ok' });
    const call = only('GET /sns/jscode2session');
    expect(isBelow(call, signIn)).toBe(true);
    expect(call.attributes).toEqual({
      'denglu.host': 'wechat',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': 'open-api.invalid',
    });
    const statements = spans().filter((span) => span.attributes['db.system.name'] !== undefined);
    expect(statements.map(({ name }) => name.toLowerCase())).toContain('insert session');
    expect(statements.filter((span) => !isBelow(span, signIn) && !isBelow(span, request))).toEqual([]);
    expect(new Set(spans().map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(new Set(spans().map((span) => span.instrumentationScope.name))).toEqual(new Set(['denglu-server']));
  });

  it('joins the trace of whoever sent the request', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await servers.ask('/healthz', { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
    expect(only('GET /healthz').spanContext().traceId).toBe(traceId);
  });

  it('tells why a request was refused, and which host failed, by codes', async () => {
    await servers.signIn({ code: 'no-such-code' });
    expect(only(`POST ${SIGN_IN}`).attributes['denglu.code']).toBe('CODE_INVALID');
    expect(only('sign-in silent').attributes['denglu.outcome']).toBe('CODE_INVALID');

    exporter.reset();
    await servers.signIn({ code: servers.openApi.codeTreated(breaks) });
    const failed = [only('GET /sns/jscode2session'), only(`POST ${SIGN_IN}`)];
    expect(failed.map(({ attributes, status }) => [attributes['error.type'], status])).toEqual([
      [expect.stringMatching(/^\w+$/), { code: 2 }],
      ['HOST_UNAVAILABLE', { code: 2 }],
    ]);
  });

  it('never tells a secret: no code, token, session key, number, name, secret of the app, and no unknown address (G-23)', async () => {
    const { openApi } = servers;
    const code = openApi.codeFor({ openid: 'o-secret', unionid: 'u-secret' });
    const { token, user } = (await servers.signIn({ code })).json;
    await servers.ask(USER, { token, headers: { 'x-secret': 'a secret header' } });
    const phone = servers.newPhone();
    const withPhone = { code: openApi.codeFor({ openid: 'o-phone' }), phoneCode: openApi.phoneCodeFor(phone) };
    const entered = await servers.ask(PHONE_SIGN_IN, { body: withPhone });
    expect(entered.status).toBe(200);
    await servers.signIn({ code });
    await servers.ask('/api/auth/denglu/secret-address?secret-query=1', { body: { code } });
    await servers.server.fetch(toRequest(`http://127.0.0.1/secret-address?code=${code}`, {}));

    expect(named('sign-in phone')).toHaveLength(1);
    const secrets = [
      code,
      token,
      user.id,
      withPhone.code,
      withPhone.phoneCode,
      phone,
      phone.slice(3),
      entered.json.token,
    ];
    secrets.push(...openApi.sessionKeys, ...openApi.accessTokens, ...['o-secret', 'u-secret', 'o-phone', 'secret-']);
    secrets.push(servers.config.secret, 'a secret header', 'secret-of-');
    expect(spans().length).toBeGreaterThan(20);
    expect(secrets.filter((secret) => spans().some((span) => sent(span).includes(secret)))).toEqual([]);
  });
});
