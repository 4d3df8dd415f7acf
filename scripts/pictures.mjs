import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser, launchArgs } from './browser.mjs';
import { run } from './children.mjs';
import './end-with-parent.mjs';
import { ensureInstalled, root } from './install.mjs';
import { main, Problem, say } from './speech.mjs';

/**
 * @typedef {{ locale: string, theme: string, platform: string }} Look
 * @typedef {{ stories: readonly string[], look: Look, width: number, columns: number, captionOf: (story: string) => string }} Sheet
 */

/** What the READMEs show: each component in one state, in two looks. */
const SHOWN = [
  'login-button--signed-out',
  'phone-button--denied',
  'profile-button--by-tap',
  'avatar-nickname--known',
  'link-account--registering',
  'agreement--accepted',
  'auth-gate--signed-in',
  'privacy-popup--asking',
  'sign-in-sheet--terms',
];

/** @type {Record<string, Look>} */
const LOOKS = {
  light: { locale: 'zh', theme: 'light', platform: 'ios' },
  dark: { locale: 'en', theme: 'dark', platform: 'android' },
};

/** Nobody asks the network for these pages: they are read from the folder that was built. */
const PLACE = 'http://pictures.invalid';

/** No table under the phone. */
const BARE = '.desk, body, html { background: none !important } .phone { box-shadow: none !important }';

const TYPES = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.json', 'application/json'],
]);

await main(async () => {
  const { values } = parseArgs({ options: { every: { type: 'string' } } });
  await ensureInstalled();
  const executablePath = await ensureBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'denglu-pictures-'));
  say('Building the stories', '正在构建故事');
  await build(folder);
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: [...launchArgs] });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, timezoneId: 'UTC', locale: 'zh-CN' });
    await page.route('**', (route) => answerFrom(folder, route));
    say('Taking pictures', '正在截图');
    if (values.every) await takeEvery(page, folder, values.every);
    else await takeShown(page);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

/** @param {import('playwright').Page} page */
async function takeShown(page) {
  const place = join(root, 'docs/pictures');
  mkdirSync(place, { recursive: true });
  for (const [name, look] of Object.entries(LOOKS)) {
    const file = join(place, `components-${name}.png`);
    writeFileSync(
      file,
      await takeSheet(page, { stories: SHOWN, look, width: 240, columns: 5, captionOf: componentOf }),
    );
    console.log(file);
  }
}

/**
 * For whoever looks for what is wrong: all stories of a component on one sheet, in each of four looks.
 *
 * @param {import('playwright').Page} page
 * @param {string} stories the folder that was built
 * @param {string} place where the pictures go
 */
async function takeEvery(page, stories, place) {
  mkdirSync(place, { recursive: true });
  const { entries } = JSON.parse(readFileSync(join(stories, 'index.json'), 'utf8'));
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const { id, title, tags } of Object.values(entries)) {
    if (title !== 'playground' && tags.includes('dev')) groups.set(title, [...(groups.get(title) ?? []), id]);
  }
  for (const [title, ids] of groups) {
    for (const locale of ['zh', 'en']) {
      for (const theme of ['light', 'dark']) {
        const look = { locale, theme, platform: (locale === 'zh') === (theme === 'light') ? 'ios' : 'android' };
        const file = join(place, `${title}-${Object.values(look).join('-')}.png`);
        writeFileSync(file, await takeSheet(page, { stories: ids, look, width: 280, columns: 7, captionOf: stateOf }));
        console.log(file);
      }
    }
  }
}

/** @param {string} folder */
async function build(folder) {
  const cli = join(root, 'node_modules/storybook/dist/bin/dispatcher.js');
  const quiet = ['--quiet', '--loglevel', 'error', '--disable-telemetry'];
  const args = [cli, 'build', '--config-dir', join(root, '.storybook'), '--output-dir', folder, ...quiet];
  const { code, output } = await run(process.execPath, args, { env: { STORYBOOK_DISABLE_TELEMETRY: '1' } });
  if (code !== 0) throw new Problem(output.trim(), '构建失败');
}

/**
 * @param {string} folder
 * @param {import('playwright').Route} route
 */
async function answerFrom(folder, route) {
  const { origin, pathname } = new URL(route.request().url());
  if (origin !== PLACE) return route.abort();
  const contentType = TYPES.get(extname(pathname)) ?? 'application/octet-stream';
  return route.fulfill({ path: join(folder, pathname), contentType });
}

/**
 * @param {import('playwright').Page} page
 * @param {Sheet} sheet
 */
async function takeSheet(page, { stories, look, width, columns, captionOf }) {
  const pictures = [];
  for (const story of stories) pictures.push({ story, png: await takeStory(page, story, look) });
  const [ground, text] = look.theme === 'dark' ? ['#0d1117', '#e6edf3'] : ['#ffffff', '#1f2328'];
  await page.setContent(`
    <style>
      body { margin: 0; font: 12px / 1.5 sans-serif; background: ${ground}; color: ${text}; }
      main { display: inline-grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 20px; padding: 20px; }
      figure { margin: 0; text-align: center; }
      img { display: block; width: 100%; margin-bottom: 6px; }
    </style>
    <main>${pictures.map(({ story, png }) => `<figure><img src="${png}">${captionOf(story)}</figure>`).join('')}</main>`);
  return page.locator('main').screenshot();
}

/** @param {string} story */
function componentOf(story) {
  return story.split('--')[0] ?? story;
}

/** @param {string} story */
function stateOf(story) {
  return story.split('--')[1] ?? story;
}

/**
 * One phone, as the address of a picture.
 *
 * @param {import('playwright').Page} page
 * @param {string} story
 * @param {Look} look
 */
async function takeStory(page, story, { locale, theme, platform }) {
  const globals = `locale:${locale};theme:${theme};platform:${platform}`;
  await page.goto(`${PLACE}/iframe.html?id=${story}&viewMode=story&globals=${globals}`);
  await page.waitForFunction(() => {
    const { phase } = Reflect.get(window, '__STORYBOOK_PREVIEW__')?.currentRender ?? {};
    return phase === 'finished' || phase === 'errored';
  });
  if (await page.locator('.sb-show-errordisplay').count()) {
    const problem = await page.locator('.sb-errordisplay').textContent();
    throw new Problem(`${story} in ${globals}: ${problem}`, `故事 ${story} 出错`);
  }
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  const png = await page.locator('.phone').screenshot({ animations: 'disabled', omitBackground: true, style: BARE });
  return `data:image/png;base64,${png.toString('base64')}`;
}
