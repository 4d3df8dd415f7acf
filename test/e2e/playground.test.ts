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

/** The playground of a component, on a phone that nobody has used. */
async function open(component: string): Promise<void> {
  await page.goto(`http://127.0.0.1:${ports.storybook}/iframe.html?id=playground--${component}&viewMode=story`);
}

const phone = (text: string) => page.locator('.phone-screen').getByText(text, { exact: true });
const sheet = (text: string) => page.locator('.host-sheet').getByText(text, { exact: true });

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
  await open('login-button');
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
  it('says where to look', () => {
    expect(printed).toContain(`http://127.0.0.1:${ports.storybook}`);
    expect(printed).toContain(`http://127.0.0.1:${ports.server}`);
  });

  it('signs a user in by a tap, over real HTTP, against the real server and database', async () => {
    await phone('登录').click();
    await phone('操作成功').waitFor();
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
});

describe('the playground of each component, against the real server and database', () => {
  it('phone-button: signs in by a number that the person gives, and changes it for another', async () => {
    await open('phone-button');
    await phone('手机号快捷登录').click();
    await sheet('允许').click();
    await phone('绑定手机号').click();
    await sheet('使用其他号码').click();
    await phone('+8610000000002').waitFor();
    expect(await rowsOf('select phoneNumber from user')).toContainEqual({ phoneNumber: '+8610000000002' });
  });

  it('profile-button: tells the server the nickname that the host tells (W-06)', async () => {
    await open('profile-button');
    await phone('登录').click();
    await phone('设置头像和昵称').click();
    await sheet('允许').click();
    await phone('小明').waitFor();
    expect(await rowsOf('select name from user')).toContainEqual({ name: '小明' });
  });

  it('avatar-nickname: uploads the picture, which the server then serves (W-11, G-22)', async () => {
    await open('avatar-nickname');
    await phone('登录').click();
    await page.getByLabel('选择头像').click();
    await sheet('从相册选择').click();
    await page.getByLabel('请输入昵称').fill('小林');
    await phone('保存').click();
    await phone('已保存').waitFor();
    const [user] = await rowsOf("select image from user where name = '小林'");
    const answer = await fetch(String(Reflect.get(Object(user), 'image')));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('link-account: registers a stranger, whom the host account signs in from then on (G-18)', async () => {
    await open('link-account');
    await page.getByLabel('使用者', { exact: true }).selectOption('Alex');
    await page.getByLabel('用户名').fill('alex2026');
    await page.getByLabel('密码').fill('correct horse battery');
    await phone('注册').click();
    await phone('已关联,下次打开即可自动登录').waitFor();
    await open('login-button');
    await page.getByLabel('使用者', { exact: true }).selectOption('Alex');
    await phone('登录').click();
    await phone('alex2026').waitFor();
  });

  it('agreement: opens the sheet for whoever has accepted the terms, and for nobody else (G-16)', async () => {
    await open('agreement');
    await phone('手机号快捷登录').click();
    await phone('请先阅读并同意用户协议').waitFor();
    await page.getByRole('checkbox', { name: '我已阅读并同意' }).click();
    await phone('手机号快捷登录').click();
    await sheet('允许').click();
    await phone('操作成功').waitFor();
  });

  it('takes another phone for another platform, and finds the first as it was left', async () => {
    await open('login-button');
    await phone('登录').click();
    await phone('操作成功').waitFor();
    const choose = (platform: string) =>
      page.evaluate((platform) => {
        const channel = Reflect.get(globalThis, '__STORYBOOK_ADDONS_CHANNEL__');
        channel.emit('updateGlobals', { globals: { platform } });
      }, platform);
    await choose('android');
    await page.locator('.phone[data-platform="android"]').waitFor();
    await phone('未登录').waitFor();
    await choose('ios');
    await page.locator('.phone[data-platform="ios"]').waitFor();
    await phone('退出登录').waitFor();
  });

  it('auth-gate: shows to members what is for members', async () => {
    await open('auth-gate');
    await phone('登录').click();
    await phone('这里是登录后才能看到的内容').waitFor();
  });

  it('sign-in-sheet: leads through terms, phone and profile, and leaves (G-16)', async () => {
    await open('sign-in-sheet');
    await page.getByLabel('使用者', { exact: true }).selectOption('Alex');
    await page.getByRole('checkbox', { name: '我已阅读并同意' }).click();
    await phone('手机号快捷登录').click();
    await sheet('允许').click();
    await phone('暂不设置').click();
    await phone('操作成功').waitFor();
  });

  it('privacy-popup: asks before the host does, and the call goes on (W-16)', async () => {
    await open('privacy-popup');
    await phone('手机号快捷登录').click();
    await phone('同意').click();
    await sheet('允许').click();
    await phone('操作成功').waitFor();
  });
});

describe('npm start', () => {
  it('stops everything when interrupted', async () => {
    playground.kill('SIGINT');
    await once(playground, 'exit');
    expect([await isTaken(ports.storybook), await isTaken(ports.server)]).toEqual([false, false]);
  });
});
