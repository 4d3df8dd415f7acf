import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../scripts/ports.mjs';
import { openidOf } from './codes.js';
import { beAsked } from './part.js';

/** WeChat's code2Session (S-01) as fast as it can be: every code is good, and tells itself whose it is. */
const server = createServer((request, response) => {
  const code = new URL(request.url ?? '/', 'http://open-api.invalid').searchParams.get('js_code') ?? '';
  const body = JSON.stringify({ openid: openidOf(code), session_key: randomBytes(16).toString('base64') });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
});
server.listen(0, LOOPBACK);
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
beAsked({ url: `http://${LOOPBACK}:${port}` }, () => ({}));
