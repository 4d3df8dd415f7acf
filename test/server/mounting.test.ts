import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { afterEach, describe, it } from 'vitest';
import { createAuth, type OwnAuth } from '../../examples/mounting/server/auth.js';
import { expressApp } from '../../examples/mounting/server/express.js';
import { honoApp } from '../../examples/mounting/server/hono.js';
import { APP_ID, fakeOpenApi, secretOf } from './support/open-api.js';
import { tryOwnServer } from './support/own-server.js';
import { temporaryDatabase } from './support/server.js';

const onHono = (auth: OwnAuth): RequestListener =>
  getRequestListener(honoApp(auth).fetch, { overrideGlobalObjects: false });

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

describe.each([
  ['Hono', onHono],
  ['Express', expressApp],
])('denglu’s plugin in somebody’s own server on %s', (_, listenerOf) => {
  it('signs in, tells the app who it is, and signs out', async () => {
    const file = temporaryDatabase();
    const openApi = fakeOpenApi();
    const { url: apiUrl, close } = await openApi.listen();
    const auth = await createAuth({
      secret: 'the secret of somebody’s own server',
      baseURL: 'http://127.0.0.1',
      databaseUrl: file.url,
      wechat: { appId: APP_ID, appSecret: secretOf(APP_ID), apiUrl },
    });
    const server = createServer(listenerOf(auth)).listen(0, '127.0.0.1');
    ends.push(() => server.close(), close, file.remove);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await tryOwnServer(`http://127.0.0.1:${port}`, openApi);
  });
});
