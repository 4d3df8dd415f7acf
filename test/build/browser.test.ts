import { afterEach, describe, expect, test, vi } from 'vitest';
import { findBrowser, launchArgs } from '../../scripts/browser.mjs';

afterEach(() => vi.unstubAllEnvs());

describe('the browser of the tests', () => {
  test('is the one that CHROME_PATH names', async () => {
    vi.stubEnv('CHROME_PATH', process.execPath);
    expect(await findBrowser()).toBe(process.execPath);
  });

  test.each(['/nowhere/chromium', import.meta.filename])(
    'is never another one, where CHROME_PATH is %s',
    async (path) => {
      vi.stubEnv('CHROME_PATH', path);
      await expect(findBrowser()).rejects.toMatchObject({
        name: 'Problem',
        message: `CHROME_PATH is ${path}, which does not run.\nCHROME_PATH 指向的 ${path} 无法运行。`,
      });
    },
  );

  test('makes no calls home', () => {
    expect(launchArgs).toEqual(
      expect.arrayContaining(['--disable-background-networking', '--disable-component-update', '--disable-sync']),
    );
  });
});
