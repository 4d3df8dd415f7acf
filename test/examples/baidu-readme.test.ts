import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { processesOfEachTest } from '../server/support/process.js';
import { newDatabase } from '../server/support/server.js';

const file = await newDatabase();
afterAll(() => file.remove());
const processes = processesOfEachTest();

/** The one command that English and Chinese share, with what it leaves to the reader filled in. */
function commandIn(readme: string) {
  const blocks = [...readme.matchAll(/^```sh\n([\s\S]+?)\n```$/gm)].map(([, block = '']) => block);
  expect(blocks).toHaveLength(1);
  const words = blocks.join().split(' ');
  const isSetting = (word: string) => /^[A-Z_]+=/.test(word);
  const settings = words.filter(isSetting).map((word) => word.replace('…', 'whatever, but long enough for a secret'));
  return {
    variables: Object.fromEntries(settings.map((setting) => setting.split('='))),
    program: words.filter((word) => !isSetting(word)).join(' '),
  };
}

it('the command of the sample for Baidu starts its server, which takes profiles', { timeout: 60_000 }, async () => {
  const { variables, program } = commandIn(readFileSync('examples/baidu/README.md', 'utf8'));
  expect(program).toBe('npm --workspace server start');
  expect(variables.PROFILE_UPDATES).toBe('on');
  const url = await processes.start({ ...variables, DATABASE_URL: file.url, PORT_SERVER: '0' }).listening();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
