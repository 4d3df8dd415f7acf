import { type State, statesOf } from './chart.js';
import { createNames } from './names.js';

/** What is known of running actors without asking what they hold. */
export interface Actors {
  /** A name that no other actor of this run has. */
  nameOf(actor: object): string;
  /** The chart that it runs, or `null` where it runs none: it is a call, or a companion. */
  chartOf(actor: object): State | null;
}

/** What inspection tells of an actor is typed as a handle, so the rest of it is read by name. */
export function parentOf(actor: object): object | null {
  return objectOr(Reflect.get(actor, '_parent'));
}

/** The name that its parent has for it, by which the parent's events speak of it. */
export function idOf(actor: object): string {
  return String(Reflect.get(actor, 'id'));
}

/** What it was made from, by name: a call of a port has the name of the port's method. */
export function sourceOf(actor: object): string {
  const source: unknown = Reflect.get(actor, 'src');
  return typeof source === 'string' ? source : idOf(actor);
}

/** Whether a value is the handle of an actor. */
export function isActor(value: object): boolean {
  return typeof Reflect.get(value, 'sessionId') === 'string' && typeof Reflect.get(value, 'send') === 'function';
}

/** @param tidy makes a name that may be told of one that an app gave */
export function createActors(tidy: (name: string) => string): Actors {
  const names = createNames();
  /** By what a machine was made from: one that was given other actors is the same chart. */
  const charts = new WeakMap<object, State>();
  /** Different ones, by the id that their machines gave. */
  const byId = new Map<string, { readonly text: string; readonly chart: State }[]>();

  /** The same for machines that are the same but in identity; another name where only the id is the same. */
  const chartLike = (drawn: State): State => {
    const alike = byId.get(drawn.id) ?? [];
    const text = JSON.stringify(drawn);
    const known = alike.find((other) => other.text === text);
    if (known) return known.chart;
    const id = alike.length === 0 ? drawn.id : `${drawn.id}~${alike.length + 1}`;
    const chart = alike.length === 0 ? drawn : { ...drawn, id, key: id };
    byId.set(drawn.id, alike.concat({ text, chart }));
    return chart;
  };

  const chartOf = (actor: object): State | null => {
    const machine = objectOr(Reflect.get(actor, 'logic'));
    if (!machine || !isMachine(machine)) return null;
    const config: object = machine.config;
    const known = charts.get(config);
    if (known) return known;
    const chart = chartLike(statesOf(machine));
    charts.set(config, chart);
    return chart;
  };

  return {
    chartOf,
    nameOf: (actor) => names.of(actor, tidy(chartOf(actor)?.id ?? sourceOf(actor))),
  };
}

function isMachine(logic: object): logic is Parameters<typeof statesOf>[0] {
  return objectOr(Reflect.get(logic, 'root')) !== null;
}

function objectOr(value: unknown): object | null {
  return typeof value === 'object' && value !== null ? value : null;
}
