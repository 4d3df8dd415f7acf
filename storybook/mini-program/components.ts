import type { template } from 'glass-easel';
import type { types } from 'glass-easel-miniprogram-adapter';

/** A component as it lies in `components/<name>/`. */
export interface ComponentSource {
  name: string;
  definition: types.GeneralComponentDefinition;
  template: template.ComponentTemplate;
  style: string;
  config: types.ComponentStaticConfig;
}

const scripts = import.meta.glob('../../components/*/index.ts');
const templates = import.meta.glob<template.ComponentTemplate>('../../components/*/index.wxml', { import: 'default' });
const styles = import.meta.glob<string>('../../components/*/index.wxss', { query: '?raw', import: 'default' });
const configs = import.meta.glob<types.ComponentStaticConfig>('../../components/*/index.json', { import: 'default' });

const shared = import.meta.glob<string>('../../components/*.wxss', { query: '?raw', import: 'default', eager: true });

/** A browser's style sheet made from text knows no imports. */
function withImports(wxss: string): string {
  return wxss.replace(/@import "\.\.\/([\w-]+\.wxss)";/g, (_, name) => fileOf(shared, `../../components/${name}`));
}

/**
 * Every component of the kit, by its own native files.
 *
 * @throws Error where a file is missing, or defines no component
 */
export function loadComponents(): Promise<readonly ComponentSource[]> {
  loading ??= loadOneByOne();
  return loading;
}

let loading: Promise<readonly ComponentSource[]> | undefined;

async function loadOneByOne(): Promise<readonly ComponentSource[]> {
  const sources: ComponentSource[] = [];
  for (const script of Object.keys(scripts)) {
    const folder = script.slice(0, -'index.ts'.length);
    sources.push({
      name: folder.split('/').at(-2) ?? folder,
      definition: await definedBy(fileOf(scripts, script)),
      template: await fileOf(templates, `${folder}index.wxml`)(),
      style: withImports(await fileOf(styles, `${folder}index.wxss`)()),
      config: await fileOf(configs, `${folder}index.json`)(),
    });
  }
  return sources;
}

function fileOf<Load>(files: Record<string, Load>, path: string): Load {
  const load = files[path];
  if (!load) throw new Error(`${path} is missing.`);
  return load;
}

/** A host gives each file a global `Component` to define itself with; a module runs once, so what it says is kept. */
async function definedBy(load: () => Promise<unknown>): Promise<types.GeneralComponentDefinition> {
  let definition: types.GeneralComponentDefinition | undefined;
  const before: unknown = Reflect.get(globalThis, 'Component');
  Reflect.set(globalThis, 'Component', (given: types.GeneralComponentDefinition) => {
    definition = given;
  });
  try {
    await load();
  } finally {
    Reflect.set(globalThis, 'Component', before);
  }
  if (!definition) throw new Error('The file defined no component.');
  return definition;
}
