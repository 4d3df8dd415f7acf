import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, launchArgs } from '../../scripts/browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'denglu-e2e-'));
const databaseUrl = pathToFileURL(join(folder, 'playground.db')).href;
let playground: ChildProcess;
let printed = '';
let browser: Browser;
let page: Page;
let ports: { storybook: number; server: number };

/** Asked for and given back: `npm start` wants to be told its ports. */
async function freePort(): Promise<number> {
  const socket = createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const address = socket.address();
  socket.close();
  await once(socket, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function isTaken(port: number): Promise<boolean> {
  const socket = createServer();
  const outcome = Promise.race([once(socket, 'listening').then(() => false), once(socket, 'error').then(() => true)]);
  socket.listen(port, '127.0.0.1');
  const taken = await outcome;
  socket.close();
  return taken;
}

async function rowsOf(sql: string): Promise<unknown[]> {
  const client = createClient({ url: databaseUrl });
  const { rows } = await client.execute(sql);
  client.close();
  return rows.map((row) => ({ ...row }));
}

beforeAll(async () => {
  ports = { storybook: await freePort(), server: await freePort() };
  playground = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      PORT_STORYBOOK: String(ports.storybook),
      PORT_SERVER: String(ports.server),
      DATABASE_URL: databaseUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { stdout, stderr } = playground;
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk;
      if (printed.includes('Ctrl-C')) resolve();
    };
    stdout?.on('data', read);
    stderr?.on('data', read);
    playground.once('exit', () => reject(new Error(`npm start ended: ${printed}`)));
  });
  const executablePath = await findBrowser();
  browser = await chromium.launch({ args: [...launchArgs], ...(executablePath && { executablePath }) });
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(`http://127.0.0.1:${ports.storybook}/iframe.html?id=playground--live&viewMode=story`);
});

afterAll(async () => {
  await browser?.close();
  if (playground && playground.exitCode === null) {
    playground.kill('SIGKILL');
    await once(playground, 'exit');
  }
  rmSync(folder, { recursive: true });
});

describe('the playground of npm start, in a real browser', () => {
  const phone = (text: string) => page.locator('.phone').getByText(text, { exact: true });

  it('says where to look', () => {
    expect(printed).toContain(`http://127.0.0.1:${ports.storybook}`);
    expect(printed).toContain(`http://127.0.0.1:${ports.server}`);
  });

  it('signs a user in by a tap, over real HTTP, against the real server and database', async () => {
    await phone('登录').click();
    await phone('登录成功').waitFor();
    const users = await rowsOf('select openid from dengluIdentity');
    expect(users).toHaveLength(1);
    await phone(String(Reflect.get(Object(users[0]), 'openid'))).waitFor();
  });

  it('lights the state that the session is in', async () => {
    await expect.poll(() => page.locator('.chart:not([hidden]) .active text').allTextContents()).toEqual(['signedIn']);
  });

  it('goes on after a cold start without another sign-in', async () => {
    const sessions = await rowsOf('select id from session');
    await page.getByRole('button', { name: '冷启动' }).click();
    await phone('已登录').waitFor();
    expect(await rowsOf('select id from session')).toEqual(sessions);
  });

  it('renews a revoked token by itself, for the same user (G-05, G-06)', async () => {
    const users = await rowsOf('select id from user');
    await page.getByRole('button', { name: '吊销令牌' }).click();
    await page.getByText('已吊销').waitFor();
    await phone('向服务器查询我的账号').click();
    await page.locator('.phone').getByText('服务器回答:200').waitFor();
    expect(await rowsOf('select id from user')).toEqual(users);
  });

  it('signs out, on the server too', async () => {
    await phone('退出登录').click();
    await phone('未登录').waitFor();
    await expect.poll(() => rowsOf('select id from session')).toEqual([]);
  });

  it('shows after a reload of the page who is blocked in the cloud, and who is not any more', async () => {
    const blocked = page.getByLabel('封禁该使用者');
    for (const state of [true, false]) {
      await blocked.click();
      await page.getByText('完成', { exact: true }).waitFor();
      await page.reload();
      await expect.poll(async () => [await blocked.isEnabled(), await blocked.isChecked()]).toEqual([true, state]);
    }
  });

  it('stops everything when interrupted', async () => {
    playground.kill('SIGINT');
    await once(playground, 'exit');
    expect([await isTaken(ports.storybook), await isTaken(ports.server)]).toEqual([false, false]);
  });
});
