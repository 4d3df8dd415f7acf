/**
 * What a state consists of, one by one: by words for each fact, the text of its value.
 *
 * @param key what the state is, see `identityOf`
 */
export function factsOf(key: string): Map<string, string> {
  const [charts, calls, timers, extra]: readonly unknown[] = JSON.parse(key);
  const [world, memories] = listOf(extra);
  return new Map([
    ...listOf(charts).flatMap(factsOfChart),
    ['the calls that wait', JSON.stringify(calls)],
    ['the timers', JSON.stringify(timers)],
    ['what `identity` and companions tell', JSON.stringify(world)],
    ['what properties remember', JSON.stringify(memories)],
  ]);
}

function factsOfChart(chart: unknown): [string, string][] {
  const [name, place, context] = listOf(chart);
  const facts: [string, string][] = [[`where ${name} is`, JSON.stringify(place ?? null)]];
  if (context === undefined) return facts;
  // A context is told by its fields; what `reads` tells may be anything.
  if (isFields(context)) return [...facts, ...context.map(field(`of ${name}`))];
  const read = `what \`reads\` tells of ${name}`;
  if (!Array.isArray(context)) return [...facts, [read, JSON.stringify(context)]];
  return [
    ...facts,
    ...context.map((part, index): [string, string] => [`${read} (${index + 1})`, JSON.stringify(part)]),
  ];
}

function field(ofWhom: string): (field: readonly [string, unknown]) => [string, string] {
  return ([key, value]) => [`\`${key}\` ${ofWhom}`, JSON.stringify(value ?? null)];
}

function isFields(value: unknown): value is readonly (readonly [string, unknown])[] {
  return Array.isArray(value) && value.length > 0 && value.every((part) => Array.isArray(part) && isField(part));
}

function isField([key, , ...more]: readonly unknown[]): boolean {
  return typeof key === 'string' && more.length === 0;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
