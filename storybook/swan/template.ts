/** The host's own elements, as a browser has them; what is the same in both worlds is left out. */
const BUILT_IN: Readonly<Record<string, string>> = {
  view: 'div',
  'scroll-view': 'div',
  text: 'span',
  image: 'img',
  block: 'template',
};

const TAG = /<(\/?)([\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)")?/g;

export interface TemplateParts {
  /** The names of the custom elements. */
  components: readonly string[];
  /** The names of the classes that come from outside. */
  externalClasses: readonly string[];
}

/**
 * A `.swan` as San runs it in a browser: elements by the browser's names, events as listeners that hand on to `handle`.
 * Conditions and bindings are San's own.
 */
export function sanTemplate(swan: string, parts: TemplateParts): string {
  const bare = swan.replace(/<!--[\s\S]*?-->/g, '').replace(/>\s+|\s+</g, (space) => space.trim());
  return bare.replace(TAG, (_, slash, name: string, attributes: string, end) => {
    const isComponent = parts.components.includes(name);
    const tag = BUILT_IN[name] ?? name;
    if (slash) return `</${tag}>`;
    const written = [...attributes.matchAll(ATTRIBUTE)].flatMap(([, key = '', value]) =>
      attribute(key, value, isComponent, parts),
    );
    const open = [tag, ...written, ...(name === 'button' ? ['type="button"'] : [])].join(' ');
    const isVoid = tag === 'img' || tag === 'input';
    return isVoid || !end ? `<${open}${isVoid ? ' /' : ''}>` : `<${open}></${tag}>`;
  });
}

function attribute(key: string, value: string | undefined, isComponent: boolean, parts: TemplateParts): string[] {
  const event = /^(?:bind|catch):?(\w+)$/.exec(key)?.[1];
  if (event) {
    // Of a component, only what bubbles out of it is the browser's.
    const native = isComponent && event === 'tap' ? 'native:' : '';
    return [`on-${event}="${native}handle('${value}', $event)"`];
  }
  if (isComponent) return [value === undefined ? key : `${key}="${withClasses(key, value, parts)}"`];
  if (key === 'password') return ['type="password"'];
  const written = value === undefined ? key : `${key}="${withClasses(key, value, parts)}"`;
  return key === 'aria-role' ? [written, `role="${value}"`] : [written];
}

/** What a page says of an external class takes its place (B-10). */
function withClasses(key: string, value: string, { externalClasses }: TemplateParts): string {
  if (!/(^|-)class$/.test(key)) return value;
  return value.replace(/(?<![\w-])[\w-]+(?![\w-])/g, (word) =>
    externalClasses.includes(word) ? `{{${camelCase(word)}}}` : word,
  );
}

export function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
