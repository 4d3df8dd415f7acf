import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { rounds } from './official/faults.mjs';
import { judge } from './official/judge.mjs';
import { installInSample, projectIn } from './official/project.mjs';
import { ensureTools } from './official/tools.mjs';
import { main, Problem, say } from './speech.mjs';

await main(async () => {
  await ensureInstalled();
  const tools = await ensureTools();
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const desk = mkdtempSync(join(cache, 'official-'));
  try {
    say("Packing, and compiling the sample app with WeChat's own tools", '正在用微信官方工具打包并编译示例');
    const sample = await installInSample(desk);

    /**
     * @param {string} name
     * @param {readonly import('./official/faults.mjs').Fault[]} faults
     */
    const judgeCopy = async (name, faults) => {
      const folder = join(desk, name);
      const project = projectIn(join(folder, 'sample'));
      cpSync(sample.folder, project.folder, { recursive: true });
      for (const { make } of faults) make(project);
      return judge(tools, project, folder);
    };

    const { problems, templates, styles, scripts } = await judgeCopy('as-it-is', []);
    if (problems.length > 0) throw new Problem(problems.join('\n'), `官方工具发现 ${problems.length} 个问题,见上`);

    const count = rounds.flat().length;
    say(`Making ${count} mistakes that they have to notice`, `故意犯 ${count} 个错误,看官方工具是否察觉`);
    for (const [index, faults] of rounds.entries()) {
      const found = (await judgeCopy(`round-${index}`, faults)).problems;
      const unnoticed = faults.filter(({ noticed }) => !found.some((problem) => noticed.test(problem)));
      if (unnoticed.length === 0) continue;
      const names = unnoticed.map(({ name }) => name).join(', ');
      throw new Problem(
        `Nobody noticed ${names}. What was found:\n${found.join('\n')}`,
        `有 ${unnoticed.length} 个错误没有被察觉,见上`,
      );
    }
    console.log(`${count} mistakes: all noticed`);
    console.log(`${templates} templates, ${styles} styles, ${scripts} scripts: all pass`);
  } finally {
    rmSync(desk, { recursive: true, force: true });
  }
});
