import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'acorn';
import { createEngine } from '../mini-program-engine.mjs';
import { foreignIn, members } from './definition.mjs';

/**
 * What of a component's script Baidu does not document (B-10).
 *
 * @param {string} folder the package's
 * @param {string} file the script's, in it
 * @returns {string[]} a sentence per finding
 */
export function foreignInScript(folder, file) {
  const definitions = definitionsIn(folder, file);
  const [definition, ...others] = definitions;
  if (!definition || others.length > 0) return [`${definitions.length} components`];
  const asked = foreignMembersIn(readFileSync(join(folder, file), 'utf8'), definition);
  return [...foreignIn(definition), ...asked.map((name) => `this.${name}`)];
}

/**
 * What a script hands to `Component`.
 *
 * @param {string} folder the package's
 * @param {string} file the script's, in it
 * @returns {object[]}
 */
function definitionsIn(folder, file) {
  /** @type {object[]} */
  const definitions = [];
  const Component = (/** @type {object} */ definition) => definitions.push(definition);
  createEngine(folder, { Component }).require(file);
  return definitions;
}

/**
 * The attributes that components of the package take, for their properties and external classes.
 *
 * @param {string} folder the package's
 * @param {Readonly<Record<string, string>>} usingComponents by the name of the element
 * @returns {import('./check.mjs').Components}
 */
export function attributesOf(folder, usingComponents) {
  const names = Object.entries(usingComponents).map(([element, path]) => {
    const [definition = {}] = definitionsIn(folder, `components/${basename(dirname(path))}/index.js`);
    const properties = Object.keys(Reflect.get(definition, 'properties') ?? {});
    /** @type {string[]} */
    const classes = Reflect.get(definition, 'externalClasses') ?? [];
    const attributes = properties.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    return /** @type {const} */ ([element, [...attributes, ...classes]]);
  });
  return Object.fromEntries(names);
}

/** What components/native-surface.ts puts on a component. */
const SHARED = 'control';

/**
 * What a component's functions ask of their `this` that neither Baidu documents (B-10) nor the script puts there.
 *
 * @param {string} script
 * @param {object} definition what the script hands to `Component`
 * @returns {string[]} the names
 */
export function foreignMembersIn(script, definition) {
  const own = new Set([...members, SHARED, ...Object.keys(Reflect.get(definition, 'methods') ?? {})]);
  /** @type {Set<string>} */
  const asked = new Set();
  walk(parse(script, { ecmaVersion: 'latest' }), (node) => {
    if (node.type === 'AssignmentExpression') for (const name of namesIn(node.left)) own.add(name);
    for (const name of namesIn(node)) asked.add(name);
  });
  return [...asked].filter((name) => !own.has(name));
}

/** @typedef {import('acorn').AnyNode} AnyNode */

/**
 * The names that a node takes from `this`, itself.
 *
 * @param {AnyNode} node
 * @returns {string[]}
 */
function namesIn(node) {
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression') return [nameOf(node)];
  if (node.type !== 'VariableDeclarator' || node.init?.type !== 'ThisExpression') return [];
  if (node.id.type !== 'ObjectPattern') return ['?'];
  return node.id.properties.map(nameOf);
}

/**
 * A name that cannot be told from the script is none that is known.
 *
 * @param {AnyNode} node
 */
function nameOf(node) {
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier') {
    return node.property.name;
  }
  return node.type === 'Property' && !node.computed && node.key.type === 'Identifier' ? node.key.name : '?';
}

/**
 * @param {unknown} value
 * @param {(node: AnyNode) => void} meet
 */
function walk(value, meet) {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value) meet(/** @type {AnyNode} */ (value));
  for (const part of Object.values(value)) walk(part, meet);
}
