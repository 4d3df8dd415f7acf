import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/install.mjs';
import { tagsOf } from '../../scripts/official/tags.mjs';
import { filesIn } from '../build/support/built-files.js';

const SAMPLE = join(root, 'examples/wechat');
const APP = join(SAMPLE, 'miniprogram');

interface Settings {
  pages: string[];
  usingComponents?: Record<string, string>;
  __usePrivacyCheck__?: boolean;
}

const settingsOf = (file: string): Settings => JSON.parse(readFileSync(join(APP, file), 'utf8'));
const template = (page: string) => readFileSync(join(APP, `${page}.wxml`), 'utf8');
const { pages, ...app } = settingsOf('app.json');
const all = pages.map(template).join('\n');

/** The components that a page declares and that its template uses, by the folder of the package they come from. */
const used = pages.flatMap((page) => {
  const tags = tagsOf(template(page));
  const { usingComponents = {} } = settingsOf(`${page}.json`);
  return Object.entries(usingComponents).flatMap(([tag, path]) => (tags.includes(tag) ? [path] : []));
});

/** Each folder with a template: a component that an app may use. */
const components = readdirSync(join(root, 'components')).filter((name) =>
  existsSync(join(root, 'components', name, 'index.wxml')),
);

describe('the sample app', () => {
  it('uses every component there is (a new one: put it on a page)', () => {
    expect(components.length).toBeGreaterThan(7);
    expect([...new Set(used)].sort()).toEqual(components.map((name) => `denglu/components/${name}/index`).sort());
  });

  it.each([
    ['a phone button that signs in, behind the terms', /<phone-button[^>]* create-user[^>]* accepted="{{accepted}}"/],
    ['terms', /<agreement[^>]* bind:change=/],
    ['a phone button that changes the number', /<phone-button[^>]* mode="update"/],
    ['what the gate shows to strangers', /slot="fallback"/],
    ['what the gate shows until it is known who comes', /slot="pending"/],
    ['another way in after a refusal', /slot="other"/],
    ['the form of the profile button', /<avatar-nickname[^>]* slot="form"/],
  ])('shows %s', (_, pattern) => {
    expect(all).toMatch(pattern);
  });

  it('declares no component that its page does not use', () => {
    const declared = pages.flatMap((page) => Object.values(settingsOf(`${page}.json`).usingComponents ?? {}));
    expect(declared.sort()).toEqual([...used].sort());
  });

  it('has a privacy popup on each page that asks for what the guide covers, and says that it has one (W-16)', () => {
    const asking = pages.filter((page) =>
      /<(phone-button|profile-button|avatar-nickname|sign-in-sheet)\b/.test(template(page)),
    );
    expect(asking.length).toBeGreaterThan(1);
    expect(asking.filter((page) => !template(page).includes('<privacy-popup'))).toEqual([]);
    expect(app.__usePrivacyCheck__).toBe(true);
    expect(readFileSync(join(APP, 'auth.js'), 'utf8')).toContain('ownPrivacyPopup: true');
  });

  it('lists the pages that it has', () => {
    const there = filesIn(join(APP, 'pages')).filter((file) => file.endsWith('.wxml'));
    expect(there.map((file) => join('pages', dirname(file), 'index'))).toEqual([...pages].sort());
  });

  it('belongs to nobody: its app id is the developer tools’ own', () => {
    expect(JSON.parse(readFileSync(join(SAMPLE, 'project.config.json'), 'utf8'))).toMatchObject({
      appid: 'touristappid',
    });
  });
});
