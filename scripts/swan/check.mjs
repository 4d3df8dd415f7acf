import san from 'san';
import { attributes, everywhere, openTypes, tapLike } from './allowed.mjs';

/** @typedef {import('san').ANode} ANode */
/** @typedef {import('san').AElement & { elses?: import('san').AElement[] }} AElement */

/**
 * What of a template Baidu does not document (B-10). San, on which Baidu runs templates, reads them, and takes anything.
 *
 * @param {string} source
 * @param {Readonly<Record<string, string>>} [components] the custom elements of the template, by their name: any
 * property and event of theirs may be set, beside WeChat's own
 * @returns {string[]} a sentence per finding
 */
export function findingsIn(source, components = {}) {
  /** @type {string[]} */
  const findings = [];
  for (const [, open] of source.replace(/<!--[\s\S]*?-->/g, '').matchAll(/(\{\{(?:(?!\}\}|\{\{)[\s\S])*(?:$|\{\{))/g)) {
    findings.push(`an unclosed binding: ${open?.slice(0, 40)}`);
  }
  visit(san.parseTemplate(source), findings, components);
  return findings;
}

/**
 * @param {ANode} node
 * @param {string[]} findings
 * @param {Readonly<Record<string, string>>} components
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
 * @param {Readonly<Record<string, string>>} components
 */
function checkElement({ tagName = '', props, directives }, findings, components) {
  const known = attributes[tagName];
  const isCustom = tagName in components;
  if (!known && !isCustom) findings.push(`<${tagName}>`);
  for (const name of Object.keys(directives)) {
    if (!['if', 'elif', 'else', 'for'].includes(name)) findings.push(`<${tagName} s-${name}>`);
  }
  for (const { name, expr } of props) {
    const isOwn = isCustom && !name.startsWith('wx:') && !/^bind:?tap$/.test(name);
    const event = /^(?:bind|catch):?(\w+)$/.exec(name)?.[1];
    const isAllowed =
      everywhere.test(name) || isOwn || known?.includes(name) || (event !== undefined && tapLike.includes(event));
    if (!isAllowed) findings.push(`<${tagName} ${name}>`);
    if (name === 'open-type') {
      for (const word of wordsOf(expr))
        if (!openTypes.includes(word)) findings.push(`<${tagName} open-type="${word}">`);
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
