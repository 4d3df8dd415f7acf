import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PROTOCOL } from '../../inspect/wire.js';
import { findBrowser, launchArgs } from '../../scripts/browser.mjs';
import { type Command, startCommand, TOKEN } from '../inspect/support/command.js';
import { type InspectedPhone, startPhone, startRunner } from '../inspect/support/phone.js';

const second = 1000;
/** For what has to be drawn first. */
const patient = { timeout: 10 * second };
/** How a web socket says that a message was too long. */
const TOO_BIG = 1009;
const folder = mkdtempSync(join(tmpdir(), 'denglu-inspector-'));
const phones: InspectedPhone[] = [];
const complaints: string[] = [];
let command: Command;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  command = await startCommand();
  const executablePath = await findBrowser();
  browser = await chromium.launch({ args: [...launchArgs], ...(executablePath && { executablePath }) });
});

afterAll(async () => {
  await browser?.close();
  await command?.stop();
  rmSync(folder, { recursive: true });
});

afterEach(async () => {
  for (const phone of phones.splice(0)) phone.stop();
  await page?.context().close();
  expect(complaints.splice(0)).toEqual([]);
});

/** The page, in a window of its own. What it complains of fails the test. */
async function open(address = command.page): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-GB' });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // That the command is gone for a while, Chromium says by itself.
    if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION_REFUSED'))
      complaints.push(message.text());
  });
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  await page.goto(address);
}

function phoneOf(name: string, token = command.token, onProblem?: (problem: string) => void): InspectedPhone {
  const url = `ws://127.0.0.1:${command.port}`;
  const phone = startPhone({ url, token, name, ...(onProblem && { onProblem }) });
  phones.push(phone);
  return phone;
}

const device = (name: string) => page.locator('.device', { hasText: name });
const tab = (name: string) => page.getByRole('tab', { name });
const log = () => page.locator('.log');
const lit = () => page.locator('.chart:not([hidden]) .active text').allTextContents();

describe('the inspector’s page, fed by a mini-program over a real socket', () => {
  it('draws every running flow, lights its states, and tells events and calls', async () => {
    await open();
    const phone = phoneOf('my phone');
    await device('my phone').click();
    await phone.auth.ensure();
    await tab('session').click();
    await expect.poll(lit, patient).toEqual(['signedIn']);
    await expect.poll(() => tab('codes').textContent()).toContain('resting');
    await expect.poll(() => log().textContent()).toMatch(/silentLogin#1 ⟳ signIn \d+ ms/);
    await expect.poll(() => log().textContent()).toMatch(/codes#1 ⟳ login LOGIN \d+ ms/);
    expect(await log().textContent()).toContain('session#1 ENSURE → signingIn.attempting');
    await page.screenshot({ path: join(process.env.PICTURES ?? folder, 'inspector.png') });
  });

  it('lets one of several flows be picked that run the same chart', async () => {
    await open();
    const phone = phoneOf('two sheets');
    await device('two sheets').click();
    const [first] = [phone.auth.phone(), phone.auth.phone()];
    await expect.poll(() => tab('phoneAuthorization').textContent()).toContain('×2');
    first?.leave();
    await tab('phoneAuthorization').click();
    const picker = page.locator('.chart-pick:not([hidden]) select');
    await picker.selectOption('phoneAuthorization#1');
    await expect.poll(lit, patient).toEqual([]);
    await picker.selectOption('phoneAuthorization#2');
    await expect.poll(lit, patient).not.toEqual([]);
    // The chart is wider than the page: it is where the flow is that one sees.
    await tab('session').click();
    await tab('phoneAuthorization').click();
    const inSight = () =>
      page.locator('.chart:not([hidden]) .chart-picture').evaluate((picture) => {
        const [frame, shape] = [picture, [...picture.querySelectorAll('.active')].at(-1)].map((one) =>
          one?.getBoundingClientRect(),
        );
        return frame && shape ? shape.left >= frame.left && shape.right <= frame.right : false;
      });
    await expect.poll(inSight).toBe(true);
    const overhang = () =>
      page
        .locator('.chart:not([hidden]) .chart-picture')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(await overhang()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Whole chart' }).click();
    await page.screenshot({ path: join(process.env.PICTURES ?? folder, 'inspector-whole.png') });
    expect(await overhang()).toBe(0);
  });

  it('tells why a call failed', async () => {
    await open();
    const phone = phoneOf('unlucky');
    phone.device.faults.next('login', { fail: { errMsg: 'login:fail', errno: 600001 } });
    await device('unlucky').click();
    await phone.auth.ensure().catch(() => {});
    await expect.poll(() => log().textContent()).toMatch(/⟳ login LOGIN \d+ ms offline/);
  });

  it('travels through time, and shows what an event carried, with placeholders for secrets (G-23)', async () => {
    await open();
    const phone = phoneOf('traveller');
    await device('traveller').click();
    await phone.auth.ensure();
    await tab('silentLogin').click();
    await expect.poll(lit, patient).toEqual(['signedIn']);
    await log().locator('li', { hasText: 'CODE.GIVEN →' }).click();
    await expect.poll(lit, patient).toEqual(['attempting', 'exchangingCode']);
    expect(await page.locator('.log-detail').textContent()).toContain('"$secret": "code#1"');
    const text = await page.content();
    expect(phone.secrets().length).toBeGreaterThan(0);
    expect(phone.secrets().filter((secret) => text.includes(secret))).toEqual([]);
    await page.screenshot({ path: join(process.env.PICTURES ?? folder, 'inspector-travel.png') });
    // The list goes along, however far one travels.
    await page.setViewportSize({ width: 1400, height: 480 });
    await page.getByLabel('Point in time').fill('1');
    const isInSight = () =>
      page.locator('.log-at').evaluate((line) => {
        const [frame, at] = [line.closest('.log'), line].map((one) => one?.getBoundingClientRect());
        return frame && at ? at.top >= frame.top && at.bottom <= frame.bottom : false;
      });
    await expect.poll(isInSight, patient).toBe(true);
    await page.getByRole('button', { name: 'One event on' }).click();
    await expect.poll(isInSight, patient).toBe(true);
    await page.getByRole('button', { name: 'Now' }).click();
    await expect.poll(lit, patient).toEqual(['signedIn']);
  });

  it('goes with its arrows from one line that is shown to the next', async () => {
    await open();
    const phone = phoneOf('stepper');
    await device('stepper').click();
    await phone.auth.ensure();
    await expect.poll(() => log().textContent()).toContain('LEASE.FREED');
    await page.getByLabel('Filter').fill('CODE.');
    const names = async () => (await log().locator('li').allTextContents()).map((line) => /CODE\.\w+/.exec(line)?.[0]);
    await expect.poll(names).toEqual(['CODE.EXCHANGED', 'CODE.GIVEN', 'CODE.WANTED']);
    const at = async () => /CODE\.\w+/.exec((await page.locator('.log-at').allTextContents()).join())?.[0];
    const [back, on] = [page.getByLabel('One event back'), page.getByLabel('One event on')];
    for (const name of ['CODE.EXCHANGED', 'CODE.GIVEN', 'CODE.WANTED', 'CODE.WANTED']) {
      await back.click();
      expect(await at()).toBe(name);
    }
    for (const name of ['CODE.GIVEN', 'CODE.EXCHANGED', undefined]) {
      await on.click();
      expect(await at()).toBe(name);
    }
    await expect.poll(() => page.getByRole('button', { name: 'Now' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('lets each line of the log be looked at by the keyboard', async () => {
    await open();
    const phone = phoneOf('typist');
    await device('typist').click();
    await phone.auth.ensure();
    await expect.poll(() => log().textContent()).toContain('LEASE.FREED');
    await page.getByLabel('Filter').fill('CODE.');
    await expect.poll(() => log().locator('li').count()).toBe(3);
    await page.getByRole('log', { name: 'Events, newest first' }).focus();
    const at = async () => /CODE\.\w+/.exec((await page.locator('.log [aria-current]').allTextContents()).join())?.[0];
    const walk = [
      ['ArrowDown', 'CODE.EXCHANGED'],
      ['ArrowDown', 'CODE.GIVEN'],
      ['End', 'CODE.WANTED'],
      ['ArrowDown', 'CODE.WANTED'],
      ['ArrowUp', 'CODE.GIVEN'],
      ['Home', 'CODE.EXCHANGED'],
      ['ArrowUp', undefined],
      ['ArrowDown', 'CODE.EXCHANGED'],
      ['Escape', undefined],
    ] as const;
    for (const [key, name] of walk) {
      await page.keyboard.press(key);
      expect(await at()).toBe(name);
      expect(await page.locator('.log-detail').isVisible()).toBe(name !== undefined);
    }
  });

  it('goes by the arrows from the tab of one chart to the next, and by Tab past all of them', async () => {
    await open();
    const phone = phoneOf('arrows');
    await device('arrows').click();
    await phone.auth.ensure();
    const tabs = page.getByRole('tab');
    await expect.poll(() => tabs.count()).toBeGreaterThan(2);
    const last = (await tabs.count()) - 1;
    await tabs.first().click();
    const at = async () => {
      const selected = await tabs.evaluateAll((all) => all.map((one) => one.getAttribute('aria-selected') === 'true'));
      const focused = await tabs.evaluateAll((all) => all.map((one) => one === document.activeElement));
      expect(focused).toEqual(selected);
      return selected.indexOf(true);
    };
    const walk = [
      ['ArrowLeft', last],
      ['ArrowRight', 0],
      ['ArrowRight', 1],
      ['End', last],
      ['Home', 0],
    ] as const;
    for (const [key, index] of walk) {
      await page.keyboard.press(key);
      expect(await at()).toBe(index);
    }
    await page.keyboard.press('Tab');
    expect(await page.locator('[role=tab]:focus').count()).toBe(0);
  });

  it('leaves the keyboard where it is while devices come and go', async () => {
    await open();
    const stay = phoneOf('here to stay');
    await device('here to stay').click();
    const focused = () => page.locator('button:focus').textContent();
    await device('here to stay').focus();
    const guest = phoneOf('guest');
    await expect.poll(() => device('guest').count()).toBe(1);
    expect(await focused()).toContain('here to stay');
    await page.getByRole('button', { name: 'Replay' }).focus();
    guest.stop();
    await expect.poll(() => device('guest').textContent()).toContain('not connected');
    expect(await focused()).toContain('Replay');
    await page.getByRole('button', { name: 'Close guest' }).press('Enter');
    await expect.poll(() => device('guest').count()).toBe(0);
    expect(await focused()).toContain('here to stay');
    expect(stay.inspector.getStatus()).toBe('connected');
  });

  it('shows two devices at once, each with its own flows', async () => {
    await open();
    const [one, other] = [phoneOf('one phone'), phoneOf('other phone')];
    await one.auth.ensure();
    await device('one phone').click();
    await tab('session').click();
    await expect.poll(lit, patient).toEqual(['signedIn']);
    await device('other phone').click();
    await tab('session').click();
    await expect.poll(lit, patient).toEqual(['signedOut']);
    other.stop();
    await expect.poll(() => device('other phone').textContent()).toContain('not connected');
    expect(await device('one phone').textContent()).not.toContain('not connected');
  });

  it('tells a page that comes later what has happened before', async () => {
    const phone = phoneOf('early phone');
    await phone.auth.ensure();
    await expect.poll(() => phone.inspector.getStatus()).toBe('connected');
    await open();
    await device('early phone').click();
    await expect.poll(() => log().textContent()).toContain('ENSURE');
  });

  it('misses nothing of a phone whose network was gone for a while', async () => {
    await open();
    const phone = phoneOf('tunnel');
    await device('tunnel').click();
    await phone.auth.ensure();
    await expect.poll(() => tab('session').textContent()).toContain('signedIn');
    phone.device.goOffline();
    await expect.poll(() => device('tunnel').textContent()).toContain('not connected');
    phone.auth.ensure({ withUnionId: true }).catch(() => {});
    phone.device.goOnline();
    await expect.poll(() => log().textContent(), { timeout: 20 * second }).toContain('NETWORK.ONLINE');
    await expect.poll(() => tab('session').textContent(), { timeout: 20 * second }).toContain('signedIn');
    expect(await log().textContent()).not.toContain('lost');
  });

  it('goes on when the command was started anew, and misses nothing that the phone still has', async () => {
    await open();
    const phone = phoneOf('patient phone');
    await device('patient phone').click();
    await phone.auth.ensure();
    await expect.poll(() => tab('session').textContent()).toContain('signedIn');
    const { port } = command;
    await command.stop();
    await expect.poll(() => page.locator('.status').textContent()).toContain('gone');
    void phone.auth.signOut();
    command = await startCommand({ port });
    await expect.poll(() => tab('session').textContent(), { timeout: 30 * second }).toContain('signedOut');
    await expect.poll(() => log().textContent()).toContain('SIGN_OUT');
    expect(await log().textContent()).not.toContain('lost');
  });

  it('takes a batch of long events, which together are longer than one message may be', async () => {
    await open();
    const phone = phoneOf('talkative phone');
    const runner = startRunner(phone.inspector);
    const orders = Array.from({ length: 60 }, () => ({ note: '备注'.repeat(250) }));
    for (let step = 0; step < 400; step += 1) runner.send({ type: 'STEP', orders });
    await device('talkative phone').click();
    await expect.poll(() => tab('runner').textContent()).toContain('left');
    const count = () => page.locator('.log-space').evaluate((space) => space.clientHeight / 20);
    await expect.poll(count).toBeGreaterThan(400);
    expect(await log().textContent()).not.toContain('lost');
  });

  it('takes a thousand events a second for five seconds, drops none, and can be used meanwhile', async () => {
    await open();
    const phone = phoneOf('busy phone');
    const runner = startRunner(phone.inspector);
    await device('busy phone').click();
    await tab('runner').click();
    const steps = 5000;
    const goods = Array.from({ length: 20 }, (_, at) => ({
      name: `goods ${at}`,
      price: at * 100,
      note: 'n'.repeat(80),
    }));
    let done = 0;
    const started = performance.now();
    const flood = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(steps, performance.now() - started);
        for (; done < due; done += 1) runner.send({ type: 'STEP', goods });
        if (done < steps) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
    let longest = 0;
    while (done < steps) {
      const asked = performance.now();
      await tab('session').click();
      await tab('runner').click();
      longest = Math.max(longest, performance.now() - asked);
    }
    await flood;
    expect(longest).toBeLessThan(3 * second);
    const ran = () => page.locator('.log-space').evaluate((space) => space.clientHeight / 20);
    await expect.poll(ran, { timeout: 10 * second }).toBeGreaterThan(steps);
    // Only the lines in sight are made: a log of a day costs no more than one of a minute.
    expect(await log().locator('li').count()).toBeLessThan(200);
    expect(await log().textContent()).not.toContain('lost');
    const last = await log().locator('li', { hasText: 'runner' }).first().textContent();
    expect(last).toContain('STEP → left');
  });

  it('shows the runs of a device as one, follows the newest, and lets those that have ended be closed', async () => {
    await open();
    const start = async (run: string) => {
      const socket = new WebSocket(`ws://127.0.0.1:${command.port}/device`);
      await once(socket, 'open');
      const hello = { run, name: 'reloader', host: '' };
      socket.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL, token: TOKEN, device: hello }));
      return socket;
    };
    const first = await start('run 1');
    await device('reloader').click();
    first.close();
    await expect.poll(() => device('reloader').textContent(), patient).toContain('not connected');
    const second = await start('run 2');
    await expect.poll(() => device('reloader').textContent(), patient).not.toContain('not connected');
    expect(await device('reloader').count()).toBe(1);
    expect(await device('reloader').textContent()).toMatch(/\d+:\d+:\d+/);
    const picker = page.locator('.device-tile', { hasText: 'reloader' }).getByLabel('Runs');
    expect(await picker.locator('option').count()).toBe(2);
    expect(await picker.inputValue()).toBe('run 2');
    await picker.selectOption('run 1');
    await page.getByRole('button', { name: 'Close reloader' }).click();
    await expect.poll(() => picker.count(), patient).toBe(0);
    second.close();
    await page.getByRole('button', { name: 'Close reloader' }).click();
    await expect.poll(() => device('reloader').count(), patient).toBe(0);
  });

  it('says what was dropped where a phone had to drop something', async () => {
    await open();
    const socket = new WebSocket(`ws://127.0.0.1:${command.port}/device`);
    await once(socket, 'open');
    const hello = { run: 'gap', name: 'gap', host: '' };
    socket.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL, token: TOKEN, device: hello }));
    const step = { kind: 'step', at: Date.now(), actor: 'a#1', machine: 'a', event: { type: 'GO' }, status: 'active' };
    const records = [1, 2, 12].map((seq) => ({ ...step, seq, order: seq, value: 'here' }));
    socket.send(JSON.stringify({ type: 'records', records }));
    await device('gap').click();
    await expect.poll(() => log().textContent()).toContain('9 records were lost here');
    socket.close();
  });
});

describe('the inspector’s page before there is a device', () => {
  it('has in both languages what to copy into the app, and the command for phones', async () => {
    const own = await startCommand();
    try {
      await open(own.page);
      const shown = () => page.locator('.nobody').textContent();
      await expect.poll(shown, patient).toContain('No device yet');
      expect(await shown()).toContain(
        `createInspector({ platform, url: 'ws://127.0.0.1:${own.port}', token: '${TOKEN}' })`,
      );
      expect(await shown()).toContain('npx denglu inspect --host 0.0.0.0');
      await page.getByRole('button', { name: '中文' }).click();
      await expect.poll(shown).toContain('还没有设备');
      expect(await shown()).toContain(`ws://127.0.0.1:${own.port}`);
    } finally {
      await own.stop();
    }
  });
});

describe('on a narrow page', () => {
  it('the log is in sight below its chart, which is bounded', async () => {
    await open();
    await page.setViewportSize({ width: 420, height: 860 });
    const phone = phoneOf('narrow');
    await device('narrow').click();
    await phone.auth.ensure();
    await expect.poll(() => page.locator('.chart:not([hidden]) svg').count(), patient).toBe(1);
    await expect.poll(() => log().textContent()).toContain('ENSURE');
    const height = () => page.locator('.charts').evaluate((charts) => charts.clientHeight);
    expect(await height()).toBeLessThan(560);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBe(420);
  });
});

describe('logs', () => {
  it('are saved, opened, and replayed against the flows, with placeholders', async () => {
    await open();
    const phone = phoneOf('recorder');
    await device('recorder').click();
    await phone.auth.ensure();
    await expect.poll(() => tab('session').textContent()).toContain('signedIn');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the log' }).click();
    const path = join(folder, 'log.json');
    await (await waiting).saveAs(path);
    const text = readFileSync(path, 'utf8');
    expect(phone.secrets().filter((secret) => text.includes(secret))).toEqual([]);

    await page.locator('input[type=file]').setInputFiles(path);
    await expect.poll(() => page.locator('.device[aria-pressed=true]').textContent()).toContain('from a file');
    await page.getByRole('button', { name: 'Replay' }).click();
    await expect.poll(() => page.locator('.told').textContent()).toContain('all went as logged');

    // As if an app had a flow of its own, of which this page has no chart.
    writeFileSync(path, text.replaceAll('"machine":"silentLogin"', '"machine":"coupon"'));
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Replay' }).click();
    await expect
      .poll(() => page.locator('.told-partly').textContent())
      .toMatch(/went as logged.*no such flow.*silentLogin#1/);

    const other = text.replace('"value":{"signingIn":"attempting"}', '"value":"signedOut"');
    expect(other).not.toBe(text);
    writeFileSync(path, other);
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Replay' }).click();
    await expect.poll(() => page.locator('.told').textContent()).toContain('go elsewhere now: session#1 ENSURE');
    await expect.poll(() => page.locator('.log-differs').textContent()).toContain('signingIn.attempting');
    const [shown, told] = [page.locator('.log-differs'), page.locator('.told')];
    expect(await shown.getAttribute('title')).toContain('goes elsewhere: signingIn.attempting');
    expect([await told.getAttribute('class'), await told.getAttribute('title')]).toEqual([
      'told told-bad',
      await told.textContent(),
    ]);
    await page.screenshot({ path: join(process.env.PICTURES ?? folder, 'inspector-replay.png') });
  });

  it('that are none are refused, those of another version as such, and what in one is none is counted', async () => {
    await open();
    const path = join(folder, 'other.json');
    const answers = [
      ['{"format":"other"}', 'no log of denglu'],
      ['{"format":"denglu-log","version":2,"charts":[]}', 'another version of denglu'],
      ['{"format":"denglu-log","version":1,"records":[3,{}]}', '2 not understood'],
    ] as const;
    for (const [text, answer] of answers) {
      writeFileSync(path, text);
      await page.locator('input[type=file]').setInputFiles(path);
      await expect.poll(() => page.locator('.told').textContent()).toContain(answer);
    }
  });
});

describe('strangers', () => {
  it('a page without the token sees nothing, with a wrong one neither, and is asked for it', async () => {
    phoneOf('shy phone');
    await open(command.page.split('#')[0]);
    await page.getByLabel('Pairing token').fill('another-token-altogether');
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.getByLabel('配对令牌').inputValue()).toBe('another-token-altogether');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('not the token');
    expect(await page.locator('.device').count()).toBe(0);
    await page.getByLabel('Pairing token').fill(TOKEN);
    await page.getByRole('button', { name: 'Connect' }).click();
    await device('shy phone').click();
  });

  it('a page whose address has what can be no token is asked for it', async () => {
    await open(`${command.page.split('#')[0]}#%zz`);
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('not the token');
    await page.getByLabel('Pairing token').fill(TOKEN);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect.poll(() => page.locator('.status').textContent()).toContain('Connected');
  });

  it('a device with a wrong token is refused, is told so once, and tries no more', async () => {
    await open();
    const problems: string[] = [];
    const phone = phoneOf('stranger', 'another-token-altogether', (problem) => problems.push(problem));
    await expect.poll(() => phone.inspector.getStatus(), patient).toBe('refused');
    await phone.auth.ensure();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('token');
    await expect.poll(() => page.locator('.status').textContent()).toContain('Connected');
    expect(await device('stranger').count()).toBe(0);
  });

  it('one that is refused and does not hang up is hung up on', { timeout: 10 * second }, async () => {
    const socket = connect(command.port, '127.0.0.1');
    const key = Buffer.alloc(16).toString('base64');
    const lines = [
      'GET /device HTTP/1.1',
      `Host: 127.0.0.1:${command.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    await once(socket, 'data');
    // A masked frame with a text: `{}`.
    socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x7b, 0x7d]));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toContain('nonsense');
    await once(socket, 'close');
  });

  it('a page of another site cannot watch, nor one whose name was made to lead here (DNS rebinding)', async () => {
    const refused = (path: string, headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${command.port}${path}`, { headers });
        socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
        socket.on('open', () => resolve(101));
        socket.on('error', () => {});
      });
    const host = `127.0.0.1:${command.port}`;
    expect(await refused('/page', { origin: 'http://evil.example' })).toBe(403);
    expect(await refused('/page', {})).toBe(403);
    expect(await refused('/page', { host: 'evil.example', origin: 'http://evil.example' })).toBe(403);
    expect(await refused('/device', { host: 'evil.example' })).toBe(403);
    expect(await refused('/page', { origin: `http://${host}` })).toBe(101);
    const status = await new Promise((resolve) => {
      request({ port: command.port, host: '127.0.0.1', headers: { host: 'evil.example' } }, ({ statusCode }) =>
        resolve(statusCode),
      ).end();
    });
    expect(status).toBe(403);
  });

  it('serves nothing but its page, under a policy that lets nothing else run', async () => {
    const base = `http://127.0.0.1:${command.port}`;
    const { headers } = await fetch(base);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    for (const path of ['/../package.json', '/%2e%2e/denglu.js', '/denglu.js', '/assets/']) {
      expect((await fetch(base + path)).status).toBe(404);
    }
  });
});

describe('a malicious device that has the token', () => {
  const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script>';

  /** Says something after a greeting, and tells how it ended. */
  async function say(run: string, ...messages: (string | Buffer)[]): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${command.port}/device`);
    socket.on('error', () => {});
    await once(socket, 'open');
    const greeting = { run, name: MARKUP, host: MARKUP };
    socket.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL, token: TOKEN, device: greeting }));
    for (const message of messages) socket.send(message);
    return socket;
  }

  it('whose messages are huge, broken or nonsense is thrown out, and nobody else notices', async () => {
    await open();
    const phone = phoneOf('good phone');
    await device('good phone').click();
    const huge = JSON.stringify({ type: 'records', records: ['x'.repeat(3_000_000)] });
    const deep = `{"type":"records","records":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`;
    const proto = '{"type":"chart","chart":{"__proto__":{"id":"x"}}}';
    const loop = { id: 'a', key: 'a', type: 'compound', invokes: [], moves: [], start: [] };
    const looping = { ...loop, children: [{ ...loop, id: 'b', children: [{ ...loop, children: [] }] }] };
    const messages = [huge, '{', 'null', '[]', Buffer.from([1, 2, 3]), JSON.stringify({ type: 'nothing' })];
    const passedOver = [
      deep,
      proto,
      JSON.stringify({ type: 'records', records: [{ kind: 'step', seq: 1 }] }),
      JSON.stringify({ type: 'chart', chart: looping }),
    ];
    const odd = await say('odd', ...passedOver);
    await expect.poll(() => device('4 not understood').count()).toBe(1);
    odd.close();
    for (const [index, message] of messages.entries()) {
      const socket = await say(`bad-${index}`, message);
      const [code] = await once(socket, 'close');
      if (message === huge) expect(code).toBe(TOO_BIG);
    }
    await phone.auth.ensure();
    await expect.poll(() => tab('session').textContent()).toContain('signedIn');
    expect(phone.inspector.getStatus()).toBe('connected');
  });

  it('whose chart is a thicket is shown as a list, and holds up nobody else’s chart', async () => {
    await open();
    const count = 300;
    const children = Array.from({ length: count }, (_, at) => ({
      id: `thicket.s${at}`,
      key: `s${at}`,
      type: 'atomic',
      invokes: [],
      start: [],
      children: [],
      moves: Array.from({ length: 60 }, (_, move) => {
        const to = (at * 7 + move * 13) % count;
        return { eventType: 'E', cause: 'E', guard: '', to: { id: `thicket.s${to}`, key: `s${to}` } };
      }),
    }));
    const root = { type: 'compound', invokes: [], start: ['thicket.s0'], moves: [] };
    const charts = ['thicket', 'brake'].map((id) =>
      JSON.stringify({
        type: 'chart',
        chart: {
          ...root,
          id,
          key: id,
          start: [`${id}.s0`],
          children: JSON.parse(JSON.stringify(children).replaceAll('thicket.', `${id}.`)),
        },
      }),
    );
    const socket = await say('thicket', ...charts);
    await device('onerror').last().click();
    await tab('thicket').click();
    await tab('brake').click();
    const phone = phoneOf('patient neighbour');
    await device('patient neighbour').click();
    await phone.auth.ensure();
    await tab('session').click();
    await expect.poll(lit, { timeout: 15 * second }).toEqual(['signedIn']);
    await device('onerror').last().click();
    await tab('thicket').click();
    const listed = page.locator('.chart:not([hidden]) .state-list > li');
    await expect.poll(() => listed.count(), { timeout: 30 * second }).toBe(count);
    socket.close();
  });

  it('whose chart has no states shows it by its name', async () => {
    await open();
    const bare = { id: 'bare', key: 'bare', type: 'atomic', invokes: [], start: [], moves: [], children: [] };
    const socket = await say('bare', JSON.stringify({ type: 'chart', chart: bare }));
    await device('onerror').last().click();
    await tab('bare').click();
    await expect.poll(() => page.locator('.chart:not([hidden]) .state-list').textContent()).toBe('bare');
    socket.close();
  });

  it('whose texts are markup shows its markup, and nothing of it is done', async () => {
    await open();
    const state = { invokes: [MARKUP], moves: [], start: [], children: [], type: 'atomic' };
    const child = { ...state, id: `"];evil [URL="javascript:alert(3)`, key: MARKUP, description: MARKUP };
    const chart = { ...state, id: MARKUP, key: MARKUP, type: 'compound', start: [child.id], children: [child] };
    const step = {
      kind: 'step',
      seq: 1,
      order: 1,
      at: Date.now(),
      actor: MARKUP,
      machine: MARKUP,
      event: { type: MARKUP, text: MARKUP },
      value: MARKUP,
      status: 'active',
    };
    const socket = await say(
      'markup',
      JSON.stringify({ type: 'chart', chart }),
      JSON.stringify({ type: 'records', records: [step] }),
    );
    await device('onerror').last().click();
    await expect.poll(() => page.locator('.chart svg').count(), patient).toBe(1);
    await log().locator('li').first().click();
    await expect.poll(() => page.locator('.log-detail').textContent()).toContain('<script>alert(2)');
    expect(await page.locator('main img, main script, nav img, main a, svg a, main [onerror]').count()).toBe(0);
    socket.close();
  });
});
