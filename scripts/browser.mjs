import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, canUseApt } from './apt.mjs';
import { run } from './children.mjs';
import { ensureChineseFont, FONT_PACKAGE } from './fonts.mjs';
import { root } from './install.mjs';
import { Problem, say } from './speech.mjs';

/** How every test starts the browser: without calls home, and as root without the sandbox that root may not have. */
export const launchArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The browser that is already here: `CHROME_PATH`, else an installed Chromium or Chrome, else Playwright's own.
 *
 * @returns {Promise<string | undefined>} the path of its executable
 * @throws {Problem} where `CHROME_PATH` names something that does not run
 */
export async function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (runs(named)) return named;
    throw new Problem(`CHROME_PATH is ${named}, which does not run.`, `CHROME_PATH 指向的 ${named} 无法运行。`);
  }
  return usualPlaces().find(runs) ?? (await playwrightBrowser());
}

/**
 * A browser in any case: the one that is here, else Playwright's download, else Debian's package. Playwright's comes
 * first of the two because it changes nothing but the user's own cache; where its site is out of reach it says so in
 * seconds. Debian's comes next also because Playwright's lacks the system's libraries on a bare machine.
 *
 * @returns {Promise<string>} the path of its executable
 * @throws {Problem} where none can be had, with what was tried
 */
export async function ensureBrowser() {
  const browser = (await findBrowser()) ?? (await downloadBrowser());
  await ensureChineseFont();
  return browser;
}

async function downloadBrowser() {
  say('No Chromium found, fetching one, once', '未找到 Chromium,正在获取,仅首次需要');
  const tried = [];
  for (const [name, attempt] of /** @type {const} */ ([
    ['npx playwright install chromium', downloadFromPlaywright],
    ['apt-get install chromium', installFromDebian],
  ])) {
    const output = await attempt();
    const browser = await findBrowser();
    if (browser) return browser;
    tried.push(`${name}: ${reason(output)}`);
  }
  throw new Problem(
    `No Chromium or Chrome could be found or installed. Install one, or set CHROME_PATH to it. Tried:\n${tried.join('\n')}`,
    '未找到也无法安装 Chromium 或 Chrome。请自行安装,或用 CHROME_PATH 指定其路径。',
  );
}

const SILENCE = 45_000;
const CONNECTION_TIMEOUT = 10_000;

async function downloadFromPlaywright() {
  const cli = join(root, 'node_modules/playwright/cli.js');
  const { output } = await run(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    patience: SILENCE,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECTION_TIMEOUT) },
  });
  return output;
}

async function installFromDebian() {
  if (!canUseApt()) return 'apt-get is not here, or needs a password';
  const { output } = await aptInstall(['chromium', FONT_PACKAGE]);
  return output;
}

async function playwrightBrowser() {
  const { chromium } = await import('playwright');
  return [chromium.executablePath()].find(runs);
}

function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['/Applications', join(process.env.HOME ?? '', 'Applications')].flatMap((folder) => [
      `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
      `${folder}/Chromium.app/Contents/MacOS/Chromium`,
    ]);
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return folders
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
      ]);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
  return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * Ubuntu's `chromium-browser` may be a script that only asks for a snap, and a downloaded browser may lack libraries: to
 * exist is not enough. On Windows to ask for the version would open a window.
 *
 * @param {string} path
 */
function runs(path) {
  if (!existsSync(path)) return false;
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 10_000 }).status === 0;
}

/**
 * Of a long output the lines that say what went wrong, as apt and Node mark them.
 *
 * @param {string} output
 */
function reason(output) {
  const lines = output.trim().split('\n');
  const errors = lines.filter((line) => /^(E|Error): /.test(line));
  return (errors.length > 0 ? [...new Set(errors)] : lines).slice(-2).join(' ');
}
