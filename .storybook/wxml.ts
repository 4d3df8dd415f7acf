import { TmplGroup } from 'glass-easel-template-compiler';
import type { Plugin } from 'vite';

interface Finding {
  isError: boolean;
  message: string;
  /** Lines and columns count from zero. */
  startLine: number;
  startColumn: number;
}

/** Compiles `.wxml` files for glass-easel. Its compiler is built for Node, so it runs here and not in the page. */
export function wxml(): Plugin {
  return {
    name: 'wxml',
    transform(source, id) {
      if (!id.endsWith('.wxml')) return null;
      const group = new TmplGroup();
      const findings: Finding[] = group.addTmpl('', source);
      const groups = group.getTmplGenObjectGroups();
      group.free();
      for (const { isError, message, startLine, startColumn } of findings) {
        const where = { line: startLine + 1, column: startColumn };
        if (isError) this.error(message, where);
        else this.warn(message, where);
      }
      return {
        code: `const groupList = ${groups};
export default { groupList, content: groupList[''], fallbackListenerOnNativeNode: true };
`,
        map: null,
        moduleType: 'js',
      };
    },
  };
}
