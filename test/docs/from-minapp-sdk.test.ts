import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { createBaasBench } from '../baas/support/virtual.js';

const pages = ['docs/from-minapp-sdk.md', 'docs/from-minapp-sdk.zh-CN.md'];
const read = (page: string) => readFileSync(page, 'utf8');

const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);

/** What the compiler says against a page’s code, in an app on WeChat that has the host's typings. */
function complaints(code: string): string[] {
  const file = resolve('sample-of-the-page.ts');
  const { config } = ts.readConfigFile('tsconfig.client.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'));
  const app: ts.CompilerOptions = {
    ...options,
    noEmit: true,
    paths: { 'denglu/baas': [resolve('baas.ts')], 'denglu/adapters/*': [resolve('adapters/*.ts')] },
  };
  const host = ts.createCompilerHost(app);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? code : readFile(name));
  host.getSourceFile = (name, version, ...more) =>
    name === file ? ts.createSourceFile(name, code, version) : getSourceFile(name, version, ...more);
  const program = ts.createProgram([file], app, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(3);
    expect(targets.filter((target) => !existsSync(resolve('docs', target)))).toEqual([]);
  });

  it('links to headings that there are', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)#([^)]+)\)/g)].map(([, file = '', anchor = '']) => ({ file, anchor }));
    expect(links.length).toBeGreaterThan(3);
    const anchorsIn = (file: string) =>
      [...read(resolve('docs', file)).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title.toLowerCase().replaceAll(' ', '-'),
      );
    expect(links.filter(({ file, anchor }) => !anchorsIn(file).includes(anchor))).toEqual([]);
  });

  it('has a first block that compiles with the official typings', () => {
    const [block] = blocks(text, 'ts');
    expect(complaints(block ?? '')).toEqual([]);
  });

  it('names the files for Baidu’s native apps as the package has them', () => {
    const files = (blocks(text, 'js')[0] ?? '').match(/denglu\/[^']+/g) ?? [];
    expect(files.length).toBe(3);
    expect(files.filter((file) => !existsSync(file.replace('denglu/', '')))).toEqual([]);
  });

  it('names every call that there is', () => {
    const BaaS = createBaasBench().onWechat();
    const names = [
      ...Object.keys(BaaS.auth).map((name) => `auth.${name}`),
      'BaaS.init',
      'BaaS.login',
      'BaaS.handleUserInfo',
    ];
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });
});

it('the block does not compile without what it declares, so that nobody leaves that out', () => {
  const [block = ''] = blocks(read('docs/from-minapp-sdk.md'), 'ts');
  const unknown = expect.stringContaining("'BaaS' does not exist");
  expect(complaints(block.replace(/^declare global \{.*?^\}/ms, ''))).toEqual([unknown, unknown]);
});

it('the pages are level: the same headings, tables and names', () => {
  const shapeOf = (text: string) => ({
    headings: text.match(/^#+ /gm),
    rows: text.match(/^\|/gm)?.length,
    numbers: text.match(/\b[46]\d\d\b/g)?.sort(),
    names: [...new Set(text.match(/`[\w.-]+`/g))].sort(),
  });
  const [english, chinese] = pages.map((page) => shapeOf(read(page)));
  expect(chinese).toEqual(english);
});
