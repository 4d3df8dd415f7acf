import type { AnyStateMachine } from 'xstate';
import { guardName } from '../chart.js';

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * A chart as the configuration that `createMachine` takes, without code: what Stately's editor imports. Actions, guards
 * and actors stand in it by their names.
 *
 * @param machine any machine; it is not run
 */
export function statelyJson(machine: AnyStateMachine): Json {
  return { id: machine.id, ...stateOf(machine.config) };
}

type Fields = { readonly [name: string]: Json };

/** Of a state, and of what it invokes, what is kept as it is. */
const PLAIN = ['description', 'type', 'history', 'target', 'tags', 'id', 'reenter', 'systemId'];

function stateOf(config: object): Fields {
  return {
    ...plainOf(config),
    ...mapped(config, 'initial', initialOf),
    ...mapped(config, 'entry', actionsOf),
    ...mapped(config, 'exit', actionsOf),
    ...mapped(config, 'invoke', (value) => listOf(value).map(invokeOf)),
    ...mapped(config, 'always', transitionsOf),
    ...mapped(config, 'onDone', transitionsOf),
    ...mapped(config, 'on', (value) => everyOf(value, transitionsOf)),
    ...mapped(config, 'after', (value) => everyOf(value, transitionsOf)),
    ...mapped(config, 'states', (value) => everyOf(value, (state) => (isObject(state) ? stateOf(state) : {}))),
  };
}

function invokeOf(invoke: unknown): Json {
  if (!isObject(invoke)) return {};
  const src: unknown = Reflect.get(invoke, 'src');
  return {
    ...plainOf(invoke),
    src: typeof src === 'string' ? src : '…',
    ...mapped(invoke, 'onDone', transitionsOf),
    ...mapped(invoke, 'onError', transitionsOf),
    ...mapped(invoke, 'onSnapshot', transitionsOf),
  };
}

/** Where a state begins: by name, or as a move that acts on its way. */
function initialOf(value: unknown): Json {
  if (typeof value === 'string' || !isObject(value)) return isJson(value) ? value : '';
  return { ...plainOf(value), ...mapped(value, 'actions', actionsOf) };
}

/** One or more moves; a text is where one leads. */
function transitionsOf(value: unknown): Json {
  return listOf(value).map((transition) => {
    if (typeof transition === 'string') return { target: transition };
    if (!isObject(transition)) return {};
    return {
      ...plainOf(transition),
      ...mapped(transition, 'guard', (guard) => ({ type: guardName(guard) })),
      ...mapped(transition, 'actions', actionsOf),
    };
  });
}

function actionsOf(value: unknown): Json {
  return listOf(value).map((action) => {
    if (typeof action === 'string') return { type: action };
    // XState's own are functions with a type; those of an app have a name, or none.
    const type: unknown = isObject(action) || typeof action === 'function' ? Reflect.get(action, 'type') : undefined;
    if (typeof type === 'string') return { type: type.replace('xstate.', '') };
    return { type: typeof action === 'function' && action.name !== '' ? action.name : '…' };
  });
}

function plainOf(config: object): Fields {
  return Object.fromEntries(
    PLAIN.flatMap((name) => {
      const value: unknown = Reflect.get(config, name);
      return isJson(value) ? [[name, value]] : [];
    }),
  );
}

function mapped(config: object, name: string, map: (value: unknown) => Json): Fields {
  const value: unknown = Reflect.get(config, name);
  return value === undefined ? {} : { [name]: map(value) };
}

function everyOf(value: unknown, map: (value: unknown) => Json): Json {
  return Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([name, part]) => [name, map(part)]));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isJson(value: unknown): value is Json {
  if (Array.isArray(value)) return value.every(isJson);
  return ['string', 'number', 'boolean'].includes(typeof value);
}
