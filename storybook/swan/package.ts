import type { SwanDefinition, SwanSource } from './components.js';

const files = import.meta.glob<string>('../../swan_dist/**/*.{js,swan,css}', { query: '?raw', import: 'default' });

const ROOT = '../../swan_dist/';

/** The texts of the package for Baidu, by their path in it. */
export type PackageFiles = ReadonlyMap<string, string>;

/**
 * The package for Baidu, as it was built.
 *
 * @throws Error where nothing was built
 */
export async function loadSwanPackage(): Promise<PackageFiles> {
  const paths = Object.keys(files);
  if (paths.length === 0) throw new Error('swan_dist is not there: run npm run build');
  const texts = await Promise.all(
    Object.entries(files).map(async ([path, load]) => [path.slice(ROOT.length), await load()] as const),
  );
  return new Map(texts);
}

/** Its components, whose scripts find this as their host. */
export function componentsIn(files: PackageFiles, swan: object): SwanSource[] {
  const modules = new Map<string, object>();
  let defined: SwanDefinition | undefined;
  const Component = (definition: SwanDefinition) => {
    defined = definition;
  };
  const require = (path: string): object => {
    const known = modules.get(path);
    if (known) return known;
    const exports = {};
    modules.set(path, exports);
    const run = new Function('exports', 'require', 'swan', 'Component', textOf(files, path));
    run(exports, (other: string) => require(resolve(path, other)), swan, Component);
    return exports;
  };
  const names = [...files.keys()].flatMap((path) => /^components\/([^/]+)\/index\.swan$/.exec(path)?.[1] ?? []);
  return names.map((name) => {
    const path = (ending: string) => `components/${name}/index.${ending}`;
    defined = undefined;
    require(path('js'));
    if (!defined) throw new Error(`${name} defines no component.`);
    return { name, definition: defined, template: textOf(files, path('swan')), style: styleOf(files, path('css')) };
  });
}

/** A browser's style sheet made from text knows no imports. */
function styleOf(files: PackageFiles, path: string): string {
  return textOf(files, path).replace(/@import "([^"]+)";/g, (_, other: string) => textOf(files, resolve(path, other)));
}

function resolve(from: string, path: string): string {
  return new URL(path, `https://package/${from}`).pathname.slice(1);
}

function textOf(files: PackageFiles, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`${path} is missing.`);
  return text;
}
