import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { findingsIn } from '../../scripts/swan/check.mjs';
import { fixed } from '../../scripts/swan/fixes.mjs';
import { attributesOf } from '../../scripts/swan/script.mjs';
import { filesIn, native, swan } from './support/built-files.js';

const components = (folder: string, ending: string) =>
  filesIn(join(folder, 'components'))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));

describe('the package for Baidu', () => {
  it('has every component, in the four files that Baidu asks for (B-10)', () => {
    const expected = components(native, '/index.wxml');
    for (const file of ['/index.swan', '/index.css', '/index.js', '/index.json']) {
      expect(components(swan, file)).toEqual(expected);
    }
  });

  it('has nothing of another host', () => {
    const endings = new Set(filesIn(swan).map((file) => file.split('.').at(-1)));
    expect([...endings].sort()).toEqual(['css', 'js', 'json', 'swan', 'txt']);
    expect(filesIn(swan)).not.toContain('adapters/wechat.js');
    expect(filesIn(native)).not.toContain('adapters/baidu.js');
  });

  it('imports the style sheets that are there', () => {
    const sheets = filesIn(join(swan, 'components')).filter((file) => file.endsWith('.css'));
    for (const sheet of sheets) {
      const text = readFileSync(join(swan, 'components', sheet), 'utf8');
      for (const [, path = ''] of text.matchAll(/@import "([^"]+)"/g))
        expect(sheets).toContain(join(sheet, '..', path));
    }
  });

  test.each(components(swan, '/index.swan'))('%s has no more than what Baidu documents (B-10)', (name) => {
    const { usingComponents } = JSON.parse(readFileSync(join(swan, 'components', name, 'index.json'), 'utf8'));
    const template = readFileSync(join(swan, 'components', name, 'index.swan'), 'utf8');
    expect(findingsIn(template, attributesOf(swan, usingComponents))).toEqual([]);
  });
});

describe('the check of templates (B-10)', () => {
  it.each([
    ['<view wx:if="{{a}}">a</view>', '<view wx:if>'],
    ...[
      'wx:if',
      'wx-if',
      'wx:key',
      'model:any-thing',
      'mark:any-thing',
      'worklet:any-thing',
      'generic:any-thing',
      'let:any-thing',
      'change:any-thing',
      'capture-bind:tap',
      'capture-bind:change',
      'mut-bind:change',
      'bind:getphonenumber',
      'bindgetphonenumber',
      'bind:longpress',
      'prop-any-thing',
      'attr-any-thing',
      'var-any-thing',
      'anyThing',
      'other-thing',
    ].map((attribute) => [`<own-part ${attribute}="{{a}}"></own-part>`, `<own-part ${attribute}>`]),
    ['<view model:hover-class="a">a</view>', '<view model:hover-class>'],
    ['<view mark:a="b">a</view>', '<view mark:a>'],
    ['<view capture-bind:tap="a">a</view>', '<view capture-bind:tap>'],
    ['<view mut-bind:tap="a">a</view>', '<view mut-bind:tap>'],
    ['<view bind:change="a">a</view>', '<view bind:change>'],
    ['<view s-anything="b">a</view>', '<view s-anything>'],
    ['<view san-if="b">a</view>', '<view san-if>'],
    ['<view s-if="a">a</view><view s-else-if="b">a</view>', '<view s-else-if>'],
    ['<view s-if=a var-b=c>a</view>', '<view var-b>'],
    [`<view class="{{b ? 'c' : ''}}" attr-d='e'>a</view>`, '<view attr-d>'],
    ['<view attr-a="b">a</view>', '<view attr-a>'],
    ['<view var-a="b">a</view>', '<view var-a>'],
    ['<view prop-hover-class="b">a</view>', '<view prop-hover-class>'],
    ['<input type="nickname" />', '<input type="nickname">'],
    [`<input type="{{a ? 'text' : 'safe-password'}}" />`, '<input type="safe-password">'],
    ['<input type="{{a}}" />', '<input type="?">'],
    ['<view s-bind="{{a}}">a</view>', '<view s-bind>'],
    ['<view on-click="a">a</view>', '<view on-click>'],
    ['<button open-type="chooseAvatar">a</button>', '<button open-type="chooseAvatar">'],
    ['<button open-type="{{a}}">a</button>', '<button open-type="?">'],
    [`<button open-type="{{a ? 'login' : 'launchApp'}}">a</button>`, '<button open-type="launchApp">'],
    [
      '<button open-type="getPhoneNumber" phone-number-no-quota-toast>a</button>',
      '<button phone-number-no-quota-toast>',
    ],
    ['<button bindgetrealtimephonenumber="a">a</button>', '<button bindgetrealtimephonenumber>'],
    ['<input bindnicknamereview="a" />', '<input bindnicknamereview>'],
    ['<marquee>a</marquee>', '<marquee>'],
    ['<view s-if="a">a</view><text s-else class="{{b}" wx:for="{{c}}">a</text>', '<text wx:for>'],
  ])('finds what is foreign in %s', (template, finding) => {
    expect(findingsIn(template, { 'own-part': ['any-thing', 'own-class'] })).toContain(finding);
  });

  it.each(['<view class="{{a">a</view>', '<view>{{ a </view>', '<view>{{ a {{ b }}</view>'])(
    'refuses an unclosed binding, which San takes: %s',
    (template) => {
      expect(findingsIn(template)).toEqual([expect.stringContaining('an unclosed binding')]);
    },
  );

  it('takes what is Baidu’s own', () => {
    const template = `
      <!-- {{ -->
      <view s-if="a" class="b {{c ? 'd' : ''}}" aria-live="polite" bindtap="onTap">{{e}}</view>
      <button s-elif="f" open-type="{{g ? 'login' : ''}}" bindlogin="onLogin">{{ h }}</button>
      <input s-elif="k" type="{{l ? 'text' : 'digit'}}" bindinput="onInput" />
      <own-part s-else id="m" class="n" slot="o" any-thing="{= i =}" own-class="p" bind:change="onChange" bindtap="q"><slot name="j"></slot></own-part>`;
    expect(findingsIn(template, { 'own-part': ['any-thing', 'own-class'] })).toEqual([]);
  });
});

test('a fix of the converter’s result that finds nothing to fix ends the build', () => {
  expect(() => fixed('phone-button/index.swan', '<view></view>')).toThrow('0 times');
});
