import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../../scripts/install.mjs';

/** What the types of `denglu/components` say of one component. */
export interface TypedComponent {
  properties: TypedProperty[];
  events: string[];
  texts: string[];
  slots: string[];
  externalClasses: string[];
  methods: string[];
}

export interface TypedProperty {
  name: string;
  /** What its docstring gives as `@default`; `undefined` where it gives none. */
  default: unknown;
  /** What may be given, where that is one of some words. */
  words: string[] | null;
}

/** Reads the types as a compiler does. */
export function readComponentTypes(): Map<string, TypedComponent> {
  const door = join(root, 'components/types.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.client.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([door], { ...options, noEmit: true, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(door);
  const components = source?.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === 'Components',
  );
  if (!components) throw new Error('components/types.ts has no Components');

  const members = (type: ts.Type) => checker.getPropertiesOfType(type);
  const typeOf = (symbol: ts.Symbol) => checker.getTypeOfSymbolAtLocation(symbol, components);
  const part = (component: ts.Symbol, name: string) => {
    const symbol = typeOf(component).getProperty(name);
    if (!symbol) throw new Error(`${component.name} says nothing of its ${name}`);
    return typeOf(symbol);
  };
  const names = (type: ts.Type) => members(type).map((symbol) => symbol.name);
  const words = (type: ts.Type) =>
    (type.isUnion() ? type.types : [type]).flatMap((word) => (word.isStringLiteral() ? [word.value] : []));
  const property = (symbol: ts.Symbol): TypedProperty => {
    const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'default');
    const type = checker.getNonNullableType(typeOf(symbol));
    const isWords = (type.isUnion() ? type.types : [type]).every((word) => word.isStringLiteral());
    return {
      name: symbol.name,
      default: tag && JSON.parse(ts.displayPartsToString(tag.text).replaceAll("'", '"')),
      words: isWords ? words(type) : null,
    };
  };

  return new Map(
    members(checker.getTypeAtLocation(components)).map((component) => [
      component.name,
      {
        properties: members(part(component, 'properties')).map(property),
        events: names(part(component, 'events')),
        texts: names(part(component, 'texts')),
        slots: words(part(component, 'slots')),
        externalClasses: words(part(component, 'externalClasses')),
        methods: names(part(component, 'methods')),
      },
    ]),
  );
}
