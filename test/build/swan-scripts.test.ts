import { dirname } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { foreignIn } from '../../scripts/swan/definition.mjs';
import { foreignInScript, foreignMembersIn } from '../../scripts/swan/script.mjs';
import { filesIn, swan } from './support/built-files.js';

const scripts = filesIn(swan).filter((file) => /^components\/[^/]+\/index\.js$/.test(file));

test.each(scripts.map((file) => [dirname(file), file]))(
  '%s asks for no more than what Baidu documents (B-10)',
  (_, file) => {
    expect(foreignInScript(swan, file)).toEqual([]);
  },
);

describe('the check of definitions (B-10)', () => {
  const word = { type: String, value: '' };

  it.each([
    [{ relations: {} }, 'relations'],
    [{ attached() {} }, 'attached'],
    [{ options: { virtualHost: true } }, 'options.virtualHost'],
    [{ lifetimes: { error() {} } }, 'lifetimes.error'],
    [{ pageLifetimes: { routeDone() {} } }, 'pageLifetimes.routeDone'],
    [{ properties: { word: String } }, 'properties.word without a value'],
    [{ properties: { word: { type: String } } }, 'properties.word without a value'],
    [{ properties: { word: { ...word, type: Date } } }, 'properties.word.type'],
    [{ properties: { word: { ...word, optionalTypes: [Number] } } }, 'properties.word.optionalTypes'],
    [{ properties: { a_word: word } }, 'properties.a_word'],
    [{ properties: { word }, observers: { 'word, other'() {} } }, "observers['word, other']"],
    [{ properties: { word }, observers: { 'word.**'() {} } }, "observers['word.**']"],
  ])('finds what is foreign in %o', (definition, finding) => {
    expect(foreignIn(definition)).toEqual([finding]);
  });

  it('takes what is Baidu’s own', () => {
    const definition = {
      externalClasses: ['own-class'],
      options: { multipleSlots: true },
      properties: { word, any: { type: null, value: null } },
      data: { view: {} },
      observers: { 'word, any'() {}, view() {} },
      lifetimes: { attached() {}, detached() {} },
      pageLifetimes: { show() {}, hide() {} },
      methods: { onTap() {} },
    };
    expect(foreignIn(definition)).toEqual([]);
  });
});

describe('the check of what functions ask of their component (B-10)', () => {
  const definition = { methods: { render() {} } };

  it.each([
    ['this.selectOwnerComponent()', 'selectOwnerComponent'],
    ['this.bond.hold(); this.render()', 'bond'],
    ['const { animate } = this', 'animate'],
    ['this[name]()', '?'],
    ["this['animate']()", '?'],
    ['const { ...all } = this', '?'],
    ['const self = this', '?'],
  ])('finds what is foreign in %s', (script, finding) => {
    expect(foreignMembersIn(script, definition)).toContain(finding);
  });

  it('takes what Baidu documents, methods, and what the script itself puts there', () => {
    const script = `
      this.setData({}); this.triggerEvent('change'); this.data; this.properties; this.render();
      hold(this); this.control.release(); this.bond = bind(); this.bond.hold(); const { bond } = this;`;
    expect(foreignMembersIn(script, definition)).toEqual([]);
  });
});
