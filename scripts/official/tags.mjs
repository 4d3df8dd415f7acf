/**
 * The tags of a template, each once.
 *
 * @param {string} source
 */
export function tagsOf(source) {
  const tags = source.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<([a-z][\w-]*)/g);
  return [...new Set([...tags].map(([, tag = '']) => tag))];
}
