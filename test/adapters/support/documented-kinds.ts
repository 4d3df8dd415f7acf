import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The kinds of failure that the docstrings of an interface promise: those between backticks right after
 * `@throws Failure`, up to where its sentence goes on about something else, and those of the members that it says
 * `as {@link …}` of.
 *
 * @param file address of the source
 * @param name the interface
 * @returns the kinds by member; a member without `@throws` has none
 */
export function documentedKinds(file: URL, name: string): Record<string, string[]> {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (!found) throw new Error(`there is no interface ${name} in ${file}`);
  const promises = new Map(found.members.map((member) => [member.name?.getText() ?? '', throwsOf(member)]));
  const kindsOf = (member: string): string[] => {
    const text = promises.get(member) ?? '';
    const list = /Failure ((?:`[a-z-]+`(?:,\s+)?)*)/.exec(text)?.[1] ?? '';
    const others = [...text.matchAll(/\bas\s+\{@link \w+\.(\w+)\}/g)].flatMap(([, other = '']) => kindsOf(other));
    return [...new Set([...[...list.matchAll(/`([a-z-]+)`/g)].map(([, kind = '']) => kind), ...others])];
  };
  return Object.fromEntries([...promises.keys()].map((member) => [member, kindsOf(member)]));
}

function throwsOf(member: ts.TypeElement): string {
  const tags = ts.getJSDocTags(member).filter(({ tagName }) => tagName.text === 'throws');
  return tags.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join('\n');
}
