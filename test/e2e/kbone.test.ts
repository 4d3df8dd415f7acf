import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureText } from '../../ports/failure.js';
import { findBrowser, launchArgs } from '../../scripts/browser.mjs';
import { buildKboneExample, type KboneProject } from '../components/support/kbone-project.js';
import { settings, startProcess } from '../server/support/process.js';
import { temporaryDatabase } from '../server/support/server.js';

const second = 1000;
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const database = temporaryDatabase();
let project: KboneProject | undefined;
let pages: Server | undefined;
let server: ReturnType<typeof startProcess> | undefined;
let browser: Browser | undefined;
let page: Page;

beforeAll(async () => {
  pages = createServer((request, response) => {
    const file = request.url === '/' ? 'index.html' : String(request.url).slice(1);
    const type = TYPES[extname(file)];
    response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain' });
    response.end(type && readFileSync(join(project?.folder ?? '', file)));
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  const address = pages.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  server = startProcess({
    ...settings(database.url, 'http://127.0.0.1:9'),
    ALLOWED_ORIGINS: origin,
    PROFILE_UPDATES: 'on',
  });
  project = await buildKboneExample('web', await server.listening());

  const executablePath = await findBrowser();
  browser = await chromium.launch({ args: [...launchArgs], ...(executablePath && { executablePath }) });
  page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  page.setDefaultTimeout(15 * second);
  await page.goto(origin);
});

afterAll(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
  await server?.ended();
  pages?.close();
  project?.remove();
  database.remove();
});

describe('the kbone page in a real browser, against the real server (K-03)', () => {
  const who = () => page.locator('.who');

  it('offers a name and a password, and nothing that only a host has', async () => {
    await page.getByText('注册账号', { exact: true }).waitFor();
    expect(await who().textContent()).toBe('未登录');
    expect(await page.getByRole('button', { name: '手机号快捷登录' }).count()).toBe(0);
  });

  it('signs a user up, and says so', async () => {
    await page.getByLabel('用户名、邮箱或手机号').fill('xiaoming');
    await page.getByLabel('密码').fill('a long password');
    await page.getByRole('button', { name: '注册', exact: true }).click();
    await page.getByText('已登录:xiaoming').waitFor();
    await page.getByText('登录成功', { exact: true }).waitFor();
  });

  it('keeps the session over a reload', async () => {
    await page.reload();
    await page.getByText('已登录:xiaoming').waitFor();
    expect(await page.getByLabel('密码').count()).toBe(0);
  });

  it('gives the user a name and a picture', async () => {
    await page.getByRole('button', { name: '选择头像' }).waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '选择头像' }).click();
    await (await chooser).setFiles({ name: 'face.png', mimeType: 'image/png', buffer: PNG });
    await page.getByPlaceholder('请输入昵称').fill('小明');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已登录:小明').waitFor();
  });

  it('signs out, and asks for the password again', async () => {
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByText('未登录').waitFor();
    await page.getByLabel('密码').waitFor();
  });

  it('says of a wrong password no more than that, and signs in by the right one and the Enter key', async () => {
    await page.getByRole('button', { name: '已有账号,去登录' }).click();
    await page.getByLabel('用户名、邮箱或手机号').fill('xiaoming');
    await page.getByLabel('密码').fill('another password');
    await page.getByLabel('密码').press('Enter');
    await page.getByText(failureText('password-wrong', 'zh'), { exact: true }).waitFor();
    await page.getByLabel('密码').fill('a long password');
    await page.getByLabel('密码').press('Enter');
    await page.getByText('已登录:小明').waitFor();
  });

  it('asks for the password again where the server has ended the session', async () => {
    await page.evaluate(() => {
      const stored: object = JSON.parse(localStorage.getItem('denglu:session') ?? '{}');
      localStorage.setItem('denglu:session', JSON.stringify({ ...stored, token: 'revoked' }));
    });
    await page.reload();
    await page.getByPlaceholder('请输入昵称').fill('小红');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('未登录').waitFor();
    await page.getByLabel('密码').waitFor();
  });
});
