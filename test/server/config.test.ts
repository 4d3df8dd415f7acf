import { describe, expect, it } from 'vitest';
import { playgroundConfig, readConfig, StartError } from '../../server/index.js';

const enough = {
  DENGLU_SECRET: 'x'.repeat(32),
  WECHAT_APP_ID: 'wx1',
  WECHAT_APP_SECRET: 'a secret',
};

/** What is said against these settings. */
function complaint(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
}

describe('the settings of a server', () => {
  it('have defaults where a default can be', () => {
    expect(readConfig(enough)).toEqual({
      secret: enough.DENGLU_SECRET,
      wechat: { appId: 'wx1', appSecret: 'a secret', apiUrl: 'https://api.weixin.qq.com' },
      host: '127.0.0.1',
      port: 8787,
      databaseUrl: expect.stringMatching(/^file:\/\/.*\/\.data\/denglu\.db$/),
      messages: 'file',
      allowedOrigins: [],
      trustedProxies: [],
      limits: { perAddress: 120, perAccount: 60 },
      profileUpdates: false,
      minPasswordLength: 8,
      metrics: false,
      drain: 0,
    });
  });

  it('are read from variables', () => {
    const config = readConfig({
      ...enough,
      HOST: '0.0.0.0',
      PORT_SERVER: '0',
      DATABASE_URL: 'file:///var/lib/denglu/auth.db',
      DATA_FOLDER: '/srv/denglu',
      REDIS_URL: 'redis://cache.example:6379',
      WECHAT_API_URL: 'http://127.0.0.1:9000/wechat',
      ALLOWED_ORIGINS: 'http://a.example:1, https://b.example',
      TRUSTED_PROXIES: '10.0.0.0/8,::1',
      LIMIT_PER_ADDRESS: '5',
      LIMIT_PER_ACCOUNT: '6',
      PROFILE_UPDATES: 'on',
      MIN_PASSWORD_LENGTH: '6',
      METRICS: 'on',
      METRICS_PORT: '9464',
      BAAS_CLIENT_ID: 'a-client',
      PUBLIC_URL: 'https://auth.example',
      DRAIN_SECONDS: '5',
    });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      databaseUrl: 'file:///var/lib/denglu/auth.db',
      dataFolder: '/srv/denglu',
      redisUrl: 'redis://cache.example:6379',
      wechat: { apiUrl: 'http://127.0.0.1:9000/wechat' },
      allowedOrigins: ['http://a.example:1', 'https://b.example'],
      trustedProxies: ['10.0.0.0/8', '::1'],
      limits: { perAddress: 5, perAccount: 6 },
      profileUpdates: true,
      minPasswordLength: 6,
      metrics: true,
      metricsPort: 9464,
      baasClientId: 'a-client',
      drain: 5000,
      publicUrl: 'https://auth.example',
    });
  });

  it.each(Object.keys(enough))('cannot do without %s', (name) => {
    expect(complaint(() => readConfig({ ...enough, [name]: undefined }))).toContain(`${name} is missing`);
    expect(complaint(() => readConfig({ ...enough, [name]: '' }))).toContain(`${name} is missing`);
    expect(complaint(() => readConfig({ ...enough, [name]: ' \t\n'.repeat(20) }))).toContain(`${name} is missing`);
  });

  it('name all that is missing at once, and WeChat where there is no host', () => {
    const said = complaint(() => readConfig({ PORT_SERVER: 'x' }));
    for (const name of ['PORT_SERVER', ...Object.keys(enough)]) expect(said).toContain(`- ${name} `);
    expect(said).not.toContain('BAIDU');
  });

  it('may name Baidu beside WeChat, or alone (B-08)', () => {
    const onBaidu = { BAIDU_APP_KEY: 'key', BAIDU_APP_SECRET: 'a secret' };
    const baidu = { appKey: 'key', appSecret: 'a secret', apiUrl: 'https://spapi.baidu.com' };
    expect(readConfig({ ...enough, ...onBaidu })).toMatchObject({ wechat: { appId: 'wx1' }, baidu });
    const alone = readConfig({ DENGLU_SECRET: enough.DENGLU_SECRET, ...onBaidu, BAIDU_API_URL: 'http://127.0.0.1:9' });
    expect(alone).toMatchObject({ baidu: { ...baidu, apiUrl: 'http://127.0.0.1:9' } });
    expect(alone.wechat).toBeUndefined();
    expect(readConfig(enough).baidu).toBeUndefined();
  });

  it.each(['BAIDU_APP_KEY', 'BAIDU_APP_SECRET'])('name Baidu whole or not at all: %s alone is too little', (name) => {
    const [missing] = ['BAIDU_APP_KEY', 'BAIDU_APP_SECRET'].filter((other) => other !== name);
    const said = complaint(() => readConfig({ ...enough, [name]: 'set' }));
    expect(said).toMatch(
      new RegExp(
        `^The server cannot start:\\n服务器无法启动:\\n- ${missing} is missing: .+\\n {2}${missing} 未设置:.+$`,
      ),
    );
  });

  it('may name several secrets, of which the first one is in use', () => {
    const [used, other] = ['u'.repeat(32), 'o'.repeat(40)];
    const { DENGLU_SECRET: _, ...rest } = enough;
    expect(readConfig({ ...rest, DENGLU_SECRETS: `2:${used}, 1:${other}` })).toMatchObject({
      secret: used,
      secrets: [
        { version: 2, value: used },
        { version: 1, value: other },
      ],
    });
    expect(readConfig(enough).secrets).toBeUndefined();
  });

  it('may name the secret in use, or another one that counts, beside several', () => {
    const [used, other] = ['u'.repeat(32), 'o'.repeat(40)];
    const DENGLU_SECRETS = `2:${used},1:${other}`;
    for (const DENGLU_SECRET of [used, other, ' ', undefined]) {
      expect(readConfig({ ...enough, DENGLU_SECRET, DENGLU_SECRETS }).secret).toBe(used);
    }
  });

  it.each(['x'.repeat(32), 'short'])(
    'are refused where DENGLU_SECRET is none of DENGLU_SECRETS: %s',
    (DENGLU_SECRET) => {
      const said = complaint(() => readConfig({ ...enough, DENGLU_SECRET, DENGLU_SECRETS: `2:${'u'.repeat(32)}` }));
      expect(said).toMatch(/\n- DENGLU_SECRET is none of DENGLU_SECRETS: /);
      expect(said.split('\n')).toHaveLength(4);
      expect(said).not.toContain(DENGLU_SECRET);
    },
  );

  it('have no default for messages in production, where what signs people in would stand in a file', () => {
    const production = { ...enough, NODE_ENV: 'production' };
    expect(readConfig(production).messages).toBeUndefined();
    expect(readConfig({ ...production, MESSAGES: 'file' }).messages).toBe('file');
    expect(readConfig({ ...enough, MESSAGES: 'off' }).messages).toBe('off');
    expect(playgroundConfig({ appId: 'wx', appSecret: 's', apiUrl: 'http://a' }, production).messages).toBe('file');
  });

  it('turn metrics on by a port of their own, unless they turn them off', () => {
    const read = (more: object) => readConfig({ ...enough, ...more });
    expect(read({ METRICS_PORT: '0' })).toMatchObject({ metrics: true, metricsPort: 0 });
    expect(read({ METRICS_PORT: '0', METRICS: 'off' })).toMatchObject({ metrics: false });
    expect(read({ METRICS: 'on' }).metricsPort).toBeUndefined();
  });

  it('that are blank are as if they were not set', () => {
    expect(readConfig({ ...enough, PORT_SERVER: ' ', LIMIT_PER_ACCOUNT: '\t' })).toEqual(readConfig(enough));
  });

  it.each([
    ['PORT_SERVER', 'abc', 'must be a whole number from 0 to 65535'],
    ['PORT_SERVER', '80.5', 'must be a whole number from 0 to 65535'],
    ['PORT_SERVER', '-0.5', 'must be a whole number from 0 to 65535'],
    ['LIMIT_PER_ADDRESS', 'Infinity', 'must be a whole number from 1 up'],
    ['LIMIT_PER_ACCOUNT', '0', 'must be a whole number from 1 up'],
    ['PROFILE_UPDATES', 'true', 'must be on or off'],
    ['MESSAGES', 'on', 'must be file or off'],
    ['MIN_PASSWORD_LENGTH', '0', 'must be a whole number from 1 to 128'],
    ['MIN_PASSWORD_LENGTH', '129', 'must be a whole number from 1 to 128'],
    ['HOST', 'a b', 'must be an address or a name like 127.0.0.1'],
    ['HOST', 'http://a.example', 'must be an address or a name like 127.0.0.1'],
    [
      'DATABASE_URL',
      'file::memory:',
      'must be the absolute file: address of a file, like file:///var/lib/denglu.db, or the address of a database, like postgres://user:password@host/denglu, mysql://user:password@host/denglu or libsql://host',
    ],
    ['WECHAT_API_URL', 'x', 'must be an http(s) address'],
    ['ALLOWED_ORIGINS', 'x', 'must list origins like https://example.com'],
    ['TRUSTED_PROXIES', 'x', 'must list addresses or ranges like 10.0.0.0/8'],
    ['BAAS_CLIENT_ID', 'a client', 'must be letters, digits, - and _'],
    ['DRAIN_SECONDS', '301', 'must be a whole number from 0 to 300'],
    ['PUBLIC_URL', 'x', 'must be an origin like https://example.com'],
    ['DENGLU_SECRET', 'x', 'is too short: it takes at least 32 characters'],
  ])('are told what they must be, in one sentence of each language: %s=%s', (name, value, sentence) => {
    const said = complaint(() => readConfig({ ...enough, [name]: value })).split('\n');
    expect(said.slice(0, 3)).toEqual(['The server cannot start:', '服务器无法启动:', `- ${name} ${sentence}`]);
    expect(said.slice(3)).toEqual([expect.stringMatching(new RegExp(`^ {2}${name} .*\\p{Script=Han}`, 'u'))]);
  });

  it.each([
    'file:///tmp/a.db',
    'file:/tmp/a.db',
    'file://localhost/tmp/a.db',
    'file:///tmp/%E6%95%B0%20%3F.db',
    'postgres://user:password@database.example/auth',
    'postgresql://database.example:5433/auth?sslmode=require',
    'mysql://user:password@database.example/auth',
    'mariadb://database.example/auth',
    'libsql://auth.example?authToken=abc',
    'https://auth.example',
  ])('may name the database %s', (DATABASE_URL) => {
    expect(readConfig({ ...enough, DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
  });

  it.each(['redis://cache.example', 'rediss://user:password@cache.example:6380/', 'redis://cache.example/15?family=6'])(
    'may name the Redis %s',
    (REDIS_URL) => {
      expect(readConfig({ ...enough, REDIS_URL }).redisUrl).toBe(REDIS_URL);
    },
  );

  it.each(['0.0.0.0', '::', '::1', 'localhost', 'auth.example'])('may name %s to listen on', (HOST) => {
    expect(readConfig({ ...enough, HOST }).host).toBe(HOST);
  });

  it.each([
    ['DENGLU_SECRET', 'x'.repeat(31)],
    ['DENGLU_SECRETS', 'y'.repeat(32)],
    ['DENGLU_SECRETS', `2:${'y'.repeat(32)},1:short`],
    ['DENGLU_SECRETS', `2:${'y'.repeat(32)},1:short${' '.repeat(32)}`],
    ['DENGLU_SECRETS', `2:${'y'.repeat(32)},1:${' '.repeat(32)}short`],
    ['DENGLU_SECRETS', `1:${'y'.repeat(32)},1:${'z'.repeat(32)}`],
    ['PORT_SERVER', '80a'],
    ['PORT_SERVER', '65536'],
    ['PORT_SERVER', '-1'],
    ['DATABASE_URL', 'postgres://somewhere'],
    ['DATABASE_URL', 'mysql://somewhere/'],
    ['DATABASE_URL', 'postgres:///auth'],
    ['DATABASE_URL', 'oracle://somewhere/auth'],
    ['DATA_FOLDER', 'data'],
    ['REDIS_URL', 'http://cache.example'],
    ['REDIS_URL', 'redis://cache.example/abc'],
    ['REDIS_URL', 'redis://cache.example/1/2'],
    ['REDIS_URL', 'redis:///1'],
    ['DATABASE_URL', 'auth.db'],
    ['DATABASE_URL', ':memory:'],
    ['DATABASE_URL', 'file:///:memory:'],
    ['DATABASE_URL', 'file:auth.db'],
    ['DATABASE_URL', 'file:./auth.db'],
    ['DATABASE_URL', 'file:../auth.db'],
    ['DATABASE_URL', 'file:~/auth.db'],
    ['DATABASE_URL', 'file://auth.db'],
    ['DATABASE_URL', 'file://elsewhere/auth.db'],
    ['DATABASE_URL', 'file:///tmp/auth.db?mode=memory'],
    ['DATABASE_URL', 'file:///tmp/auth.db#old'],
    ['DATABASE_URL', 'file:///tmp/'],
    ['DATABASE_URL', 'file:///tmp/a%2Fb'],
    ['DATABASE_URL', 'file:///tmp/a%00b'],
    ['WECHAT_API_URL', 'ftp://somewhere'],
    ['WECHAT_API_URL', 'somewhere'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://a.example/'],
    ['ALLOWED_ORIGINS', 'https://a.example,b.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/64'],
    ['TRUSTED_PROXIES', 'proxy'],
    ['LIMIT_PER_ADDRESS', '0'],
    ['LIMIT_PER_ACCOUNT', 'many'],
    ['PROFILE_UPDATES', 'yes'],
    ['PUBLIC_URL', 'https://auth.example/path'],
  ])('are refused with the name of what is wrong, and without its value: %s', (name, value) => {
    const said = complaint(() => readConfig({ ...enough, [name]: value }));
    expect(said).toContain(`- ${name} `);
    expect(said).not.toContain(value);
  });
});

describe('the playground', () => {
  const openApi = { appId: 'wxplay', appSecret: 'play', apiUrl: 'http://127.0.0.1:9000' };

  it('needs nothing set', () => {
    const config = playgroundConfig(openApi, {});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8787, wechat: openApi, profileUpdates: true });
    expect(config.databaseUrl).toMatch(/playground\.db$/);
    expect(config.allowedOrigins).toEqual(['http://127.0.0.1:6006', 'http://localhost:6006']);
  });

  it('takes the ports that are set', () => {
    const config = playgroundConfig(openApi, { PORT_SERVER: '1234', PORT_STORYBOOK: '5678' });
    expect(config.port).toBe(1234);
    expect(config.allowedOrigins).toEqual(['http://127.0.0.1:5678', 'http://localhost:5678']);
  });

  it('has a secret that nobody else knows, and that no two runs share', () => {
    const secrets = [playgroundConfig(openApi, {}).secret, playgroundConfig(openApi, {}).secret];
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(32);
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('may listen on %s', (HOST) => {
    expect(playgroundConfig(openApi, { HOST }).host).toBe(HOST);
  });

  it.each(['0.0.0.0', '::', '192.168.1.2', '127.evil.example', '127.0.0.1.example', '*', '128.0.0.1'])(
    'is for this machine only: not on %s',
    (HOST) => {
      expect(complaint(() => playgroundConfig(openApi, { HOST }))).toContain('- HOST must be a loopback address');
    },
  );
});
