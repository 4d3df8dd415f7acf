import san from 'san';
import { attributes, directives, everywhere, inputTypes, openTypes, ownEvents, tapLike } from './allowed.mjs';

/** @typedef {import('san').ANode} ANode */
/** @typedef {import('san').AElement & { elses?: import('san').AElement[] }} AElement */

/**
 * Custom elements by their name, with the attributes that each takes for its properties and external classes.
 *
 * @typedef {Readonly<Record<string, readonly string[]>>} Components
 */

/** Which words some attributes may be, by element and attribute. */
const words = new Map([
  ['button open-type', openTypes],
  ['input type', inputTypes],
]);

/**
 * What of a template Baidu does not document (B-10). San, on which Baidu runs templates, reads them, and takes anything.
 *
 * @param {string} source
 * @param {Components} [components] the custom elements of the template
 * @returns {string[]} a sentence per finding
 */
export function findingsIn(source, components = {}) {
  /** @type {string[]} */
  const findings = [];
  const text = source.replace(/<!--[\s\S]*?-->/g, '');
  for (const [, open] of text.matchAll(/(\{\{(?:(?!\}\}|\{\{)[\s\S])*(?:$|\{\{))/g)) {
    findings.push(`an unclosed binding: ${open?.slice(0, 40)}`);
  }
  findings.push(...prefixedIn(text));
  visit(san.parseTemplate(source), findings, components);
  return [...new Set(findings)];
}

/**
 * What San reads by prefixes of its own: it takes them off, or drops what it does not know, and tells nobody.
 *
 * @param {string} text
 */
function prefixedIn(text) {
  const tags = text.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)+)/g);
  return [...tags].flatMap(([, tagName, given = '']) => {
    const names = given.replace(/=\s*("[^"]*"|'[^']*')/g, '').matchAll(/\s((?:attr|on|prop|s|san|var)-[^\s=]+)/g);
    return [...names].flatMap(([, name = '']) => (directives.includes(name) ? [] : [`<${tagName} ${name}>`]));
  });
}

/**
 * @param {ANode} node
 * @param {string[]} findings
 * @param {Components} components
 */
function visit(node, findings, components) {
  if ('textExpr' in node) return;
  /** @type {AElement} */
  const { tagName, events, children, elses = [] } = node;
  if (tagName) checkElement(node, findings, components);
  for (const event of events) findings.push(`<${tagName} on-${event.name}>`);
  for (const child of [...children, ...elses]) visit(child, findings, components);
}

/**
 * @param {AElement} element
 * @param {string[]} findings
 * @param {Components} components
 */
function checkElement({ tagName = '', props, directives: read }, findings, components) {
  const isCustom = Object.hasOwn(components, tagName);
  const known = isCustom ? components[tagName] : attributes[tagName];
  const events = isCustom ? [...tapLike, ...ownEvents] : tapLike;
  if (!known) findings.push(`<${tagName}>`);
  for (const name of Object.keys(read)) {
    if (!directives.includes(`s-${name}`)) findings.push(`<${tagName} s-${name}>`);
  }
  for (const { name, expr } of props) {
    const event = /^(?:bind|catch):?(\w+)$/.exec(name)?.[1];
    const isAllowed = everywhere.test(name) || known?.includes(name) || (event !== undefined && events.includes(event));
    if (!isAllowed) findings.push(`<${tagName} ${name}>`);
    const allowed = words.get(`${tagName} ${name}`);
    if (allowed) {
      for (const word of wordsOf(expr)) if (!allowed.includes(word)) findings.push(`<${tagName} ${name}="${word}">`);
    }
  }
}

/**
 * The texts that an attribute may be; where it cannot be told from the template, that is said.
 *
 * @param {unknown} expr
 * @returns {string[]}
 */
function wordsOf(expr) {
  if (typeof expr !== 'object' || expr === null) return ['?'];
  const { value, segs, expr: inner } = /** @type {{ value?: unknown, segs?: unknown[], expr?: unknown }} */ (expr);
  if (typeof value === 'string') return [value];
  if (inner !== undefined) return wordsOf(inner);
  // The first of the three is the question.
  if (segs?.length === 3) return segs.slice(1).flatMap(wordsOf);
  return segs?.length === 1 ? wordsOf(segs[0]) : ['?'];
}
