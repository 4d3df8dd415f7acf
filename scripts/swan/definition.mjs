/**
 * What Baidu documents of a custom component's script (B-10), as far as components use it and San's pages run it: the
 * pages develop/framework/custom-component_comp, _lifetimes and _observers of its documentation. `observers` are there
 * since base library 3.105.9 of September 2019. `getLoginCode` is not in the documentation of April 2020 yet: whoever can
 * sign in has both.
 */
const fields = [
  'externalClasses',
  'options',
  'properties',
  'data',
  'observers',
  'lifetimes',
  'pageLifetimes',
  'methods',
];

/** @type {Readonly<Record<string, readonly string[]>>} */
const inside = {
  // WeChat asks for it; to Baidu it says nothing, as any of its slots may have a name.
  options: ['multipleSlots'],
  lifetimes: ['attached', 'detached'],
  pageLifetimes: ['show', 'hide'],
};

/** `null` is any. */
const types = ['String', 'Number', 'Boolean', 'Object', 'Array'];

/** Baidu takes a property apart at `_`, and takes the prefixes for its own. */
const propertyName = /^(?!data-|prop-)[a-z][A-Za-z\d]*$/;

/** The members of the `this` of a component's functions. */
export const members = ['data', 'properties', 'setData', 'triggerEvent'];

/**
 * What of a component's definition Baidu does not document.
 *
 * @param {object} definition what its script hands to `Component`
 * @returns {string[]} a path per finding
 */
export function foreignIn(definition) {
  const names = Object.keys(definition);
  const properties = Object.entries(partOf(definition, 'properties'));
  const known = [...properties.map(([name]) => name), ...Object.keys(partOf(definition, 'data'))];
  return [
    ...names.filter((name) => !fields.includes(name)),
    ...Object.entries(inside).flatMap(([name, allowed]) =>
      Object.keys(partOf(definition, name))
        .filter((key) => !allowed.includes(key))
        .map((key) => `${name}.${key}`),
    ),
    ...properties.flatMap(([name, declared]) => foreignInProperty(name, declared).map((path) => `properties.${path}`)),
    ...Object.keys(partOf(definition, 'observers'))
      .filter((list) => list.split(',').some((name) => !known.includes(name.trim())))
      .map((list) => `observers['${list}']`),
  ];
}

/**
 * @param {string} name
 * @param {unknown} declared
 * @returns {string[]}
 */
function foreignInProperty(name, declared) {
  if (!propertyName.test(name)) return [name];
  if (typeof declared !== 'object' || declared === null) return [`${name} without a value`];
  const { type, value, ...others } = /** @type {{ type?: unknown, value?: unknown }} */ (declared);
  const isType = type === null || (typeof type === 'function' && types.includes(type.name));
  return [
    ...(isType ? [] : [`${name}.type`]),
    ...(value === undefined ? [`${name} without a value`] : []),
    ...Object.keys(others).map((key) => `${name}.${key}`),
  ];
}

/**
 * @param {object} definition
 * @param {string} name
 * @returns {object}
 */
function partOf(definition, name) {
  const part = Reflect.get(definition, name);
  return typeof part === 'object' && part !== null ? part : {};
}
