// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SwanSource } from '../../../storybook/swan/components.js';
import { mountSwanPage } from '../../../storybook/swan/mount.js';
import { createBuiltApp, openOnBaidu } from '../support/swan-page.js';

const COMPONENTS = [
  'agreement',
  'avatar-nickname',
  'link-account',
  'login-button',
  'phone-button',
  'profile-button',
  'sign-in-sheet',
];
const EVENTS = 'bind:success="tell" bind:failure="tell" bind:change="tell"';
let release = () => {};

afterEach(() => release());

async function open(name: string) {
  const given = 'locale="{{locale}}" disabled="{{disabled}}" texts="{{texts}}"';
  const template = `<${name} id="it" open accepted desc="Test" ${given} ${EVENTS} />`;
  const page = await openOnBaidu(createBuiltApp(), template, { locale: 'zh', disabled: false, texts: {} });
  release = page.release;
  const component = page.select('it');
  if (!component) throw new Error(`There is no ${name}`);
  return { page, component, sent: vi.spyOn(component, 'setData') };
}

it('the privacy popup shows nothing, as Baidu asks for no consent to a privacy guide (W-16)', async () => {
  const page = await openOnBaidu(createBuiltApp(), '<privacy-popup id="it" bind:change="tell" />', {});
  release = page.release;
  await page.settle();
  expect(page.select('it')?.data).toMatchObject({ view: { asking: false } });
});

describe.each(COMPONENTS)('%s on Baidu', (name) => {
  it('W-24: sends once what several properties change that change together (B-10)', async () => {
    const { page, sent } = await open(name);
    page.setData({ locale: 'en', disabled: true, texts: {} });
    await page.settle();
    expect(sent).toHaveBeenCalledTimes(1);
    const [changes = {}] = sent.mock.lastCall ?? [];
    expect(Object.keys(changes).filter((path) => !path.startsWith('view.'))).toEqual([]);
  });

  it('W-24: sends nothing where properties change nothing that is shown', async () => {
    const { page, sent } = await open(name);
    page.setData({ texts: { unknown: '登录' } });
    await page.settle();
    expect(sent).not.toHaveBeenCalled();
  });

  it('G-17: sends and tells nothing of a property that is heard of when it is off the page (B-10)', async () => {
    const { page, component, sent } = await open(name);
    component.setData({ locale: 'en', disabled: true });
    const before = page.heard.length;
    sent.mockClear();
    page.release();
    release = () => {};
    await page.settle();
    expect([sent.mock.calls, page.heard.slice(before)]).toEqual([[], []]);
  });
});

describe('a page on San, for a component', () => {
  function mount(definition: object, template = '<view>{{word}}</view>') {
    const part: SwanSource = { name: 'own-part', definition: { ...definition }, template, style: '' };
    const into = document.body.appendChild(document.createElement('div'));
    const page = mountSwanPage(
      { template: '<own-part id="it" word="{{word}}" />', data: { word: '' } },
      { into, components: [part] },
    );
    release = page.release;
    return page;
  }

  const word = { type: String, value: '' };

  it.each([
    ['relations', { relations: {} }],
    ['lifetimes.moved', { lifetimes: { moved() {} } }],
    ['pageLifetimes.resize', { pageLifetimes: { resize() {} } }],
    ['properties.word.optionalTypes', { properties: { word: { ...word, optionalTypes: [Number] } } }],
  ])('refuses to run %s, which Baidu does not document (B-10)', (foreign, definition) => {
    expect(() => mount(definition)).toThrow(`own-part has what Baidu does not know: ${foreign}`);
  });

  it('tells of properties later, and once of those that change together (B-10)', async () => {
    const heard: unknown[] = [];
    const page = mount({
      properties: { word, other: word },
      observers: {
        'word, other'(...words: string[]) {
          heard.push(words);
        },
      },
    });
    const part = page.select('it');
    part?.setData({ word: 'a' });
    part?.setData({ word: 'b', other: 'c' });
    expect(heard).toEqual([]);
    await page.settle();
    part?.setData({ word: 'b' });
    await page.settle();
    expect(heard).toEqual([['b', 'c']]);
  });

  it('refuses what it sends after it is off the page (G-17), and what would not be run', () => {
    const page = mount({ properties: { word } });
    const part = page.select('it');
    expect(() => part?.setData({ word: 'a' }, () => {})).toThrow('setData with more');
    page.release();
    release = () => {};
    expect(() => part?.setData({ word: 'a' })).toThrow('setData after detached (G-17)');
    expect(() => part?.triggerEvent('change')).toThrow('triggerEvent after detached (G-17)');
  });
});
