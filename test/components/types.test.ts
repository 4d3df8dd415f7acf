import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { root } from '../../scripts/install.mjs';
import { readComponentTypes } from './support/component-types.js';

/** What a component's code declares to the host. */
interface Definition {
  properties?: Record<string, { type: unknown; value: unknown }>;
  externalClasses?: string[];
  methods: object;
}

const folder = join(root, 'components');
const components = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.ts')));
const types = readComponentTypes();
const definitions = new Map<string, Definition>();

beforeAll(async () => {
  for (const name of components) {
    vi.stubGlobal('Component', (definition: Definition) => definitions.set(name, definition));
    await import(join(folder, name, 'index.ts'));
  }
});
afterAll(() => vi.unstubAllGlobals());

const sorted = (words: Iterable<string>) => [...words].sort();

/** The native file, and what controls it. */
function sourceOf(name: string) {
  const files = ['index.ts', 'control.ts'].map((file) => join(folder, name, file));
  return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('');
}

function declared(name: string) {
  const definition = definitions.get(name);
  const typed = types.get(name);
  if (!definition || !typed) throw new Error(`${name} has no definition, or no types`);
  return { definition, typed, properties: new Map(Object.entries(definition.properties ?? {})) };
}

it('the types know every component, and no other', () => {
  expect(sorted(types.keys())).toEqual(sorted(components));
});

describe.each(components)('the types of the %s', (name) => {
  it('have the properties that it declares, no more and no less', () => {
    const { typed, properties } = declared(name);
    expect(sorted(typed.properties.map((property) => property.name))).toEqual(sorted(properties.keys()));
  });

  it('say the default of each property, which is one of the words that it takes', () => {
    const { typed, properties } = declared(name);
    for (const property of typed.properties) {
      const value = properties.get(property.name)?.value;
      expect({ [property.name]: property.default }).toEqual({ [property.name]: value });
      if (property.words && value !== null) expect(property.words).toContain(value);
    }
  });

  it('have its external classes', () => {
    const { definition, typed } = declared(name);
    expect(sorted(typed.externalClasses)).toEqual(sorted(definition.externalClasses ?? []));
  });

  it('have the slots of its template', () => {
    const template = readFileSync(join(folder, name, 'index.wxml'), 'utf8');
    const slots = [...template.matchAll(/<slot\b([^>]*)>/g)].map(
      ([, marks]) => /name="([^"]*)"/.exec(marks ?? '')?.[1],
    );
    expect(sorted(declared(name).typed.slots)).toEqual(sorted(new Set(slots.map((slot) => slot ?? ''))));
  });

  it('have the texts that it says, in each language', async () => {
    const { typed } = declared(name);
    const file = join(folder, name, 'texts.ts');
    const { texts }: { texts: Record<string, object> } = existsSync(file)
      ? await import(file)
      : { texts: { none: {} } };
    for (const language of Object.values(texts)) expect(sorted(Object.keys(language))).toEqual(sorted(typed.texts));
  });

  it('have methods that it has', () => {
    const { definition, typed } = declared(name);
    expect(Object.keys(definition.methods)).toEqual(expect.arrayContaining(typed.methods));
  });

  it('have every event that it tells: none goes to the host past its type', () => {
    const source = sourceOf(name);
    const calls = [...source.matchAll(/\.triggerEvent(?:<\w+Events\['(\w+)'\]>)?\((?:'(\w+)'|event), /g)];
    expect(calls).toHaveLength(source.split('triggerEvent').length - 1);
    for (const [, typed, told] of calls) {
      expect(told).toBe(typed);
      if (!told) expect(source).toMatch(/\btell: Tell<\w+Events>/);
    }
  });

  it('have no event by the name of a native one that any template listens to (W-20)', () => {
    const templates = components.map((each) => readFileSync(join(folder, each, 'index.wxml'), 'utf8')).join('');
    const native = [...templates.matchAll(/\s(?:bind|catch)([a-z]+)=/g)].map(([, event]) => event);
    expect(native).toContain('tap');
    expect(declared(name).typed.events.filter((event) => native.includes(event))).toEqual([]);
  });

  it('have no event that it never tells', () => {
    const shared = readdirSync(folder).filter((file) => file.endsWith('.ts') && !/^(types|details)\.ts$/.test(file));
    const sources = sourceOf(name) + shared.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
    for (const event of declared(name).typed.events) expect(sources).toContain(`'${event}'`);
  });

  it('have the events that both READMEs list', () => {
    const { typed } = declared(name);
    for (const readme of ['README.md', 'README.zh-CN.md']) {
      const table = readFileSync(join(root, readme), 'utf8').split(
        new RegExp(`\\| \`${name}\` \\| (?:default|默认值) \\|`),
      )[1];
      const [rows = ''] = table?.split('\n\n') ?? [];
      const events = [...rows.matchAll(/`bind:([a-z]+)`/gi)].map(([, event]) => event ?? '');
      expect(sorted(events)).toEqual(sorted(typed.events));
    }
  });
});
