import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleServer } from './databases/bundle.mjs';
import { isInstalled, mariadb, postgres, sqld } from './databases/engines.mjs';
import { makePlace } from './databases/place.mjs';
import { startDatabase } from './databases/start.mjs';
import { judge } from './durability/judge.js';
import { killOften } from './durability/rounds.js';
import { main, Problem, say } from './speech.mjs';

/**
 * Kills the server in the middle of sign-ins, a hundred times on each database that is here, and looks at what is left:
 * no acknowledged user may be lost, none doubled, and no session may be of a user who is not there.
 *
 * The first argument says how often instead, and a second one which database alone: libsql, PostgreSQL, MariaDB or libsql-server.
 */
const [times = '100', only] = process.argv.slice(2);

const FILE = 'libsql';
const others = [postgres, mariadb, sqld];
const installed = others.filter(isInstalled);

await main(async () => {
  tellWhere();
  const server = await bundleServer('.data/durability.mjs');
  const place = makePlace();
  try {
    const file = { name: FILE, open: async () => ({ url: fileIn(place.folder(FILE)), stop: async () => {} }) };
    const servers = installed.map((engine) => ({
      name: engine.name,
      open: () => startDatabase(engine, place.folder(engine.name)),
    }));
    for (const { name, open } of [file, ...servers]) {
      if (only !== undefined && name !== only) continue;
      say(`Killing the server ${times} times on ${name}`, `在 ${name} 上强制终止服务器 ${times} 次`);
      const database = await open();
      await check(name, server, database.url);
      await database.stop();
    }
  } finally {
    rmSync(server);
    place.remove();
  }
});

/**
 * Whoever asks for one database shall not hear that all went well of none.
 *
 * @throws {Problem} where it is not here
 */
function tellWhere(): void {
  const here = [FILE, ...installed.map(({ name }) => name)];
  if (only !== undefined) {
    if (here.includes(only)) return;
    throw new Problem(`${only} is not here; there is ${here.join(', ')}`, `此处没有 ${only},只有 ${here.join('、')}`);
  }
  const missing = others.filter((engine) => !installed.includes(engine)).map(({ name }) => name);
  if (missing.length === 0) return;
  const names = missing.join(', ');
  say(
    `Not here, and left out: ${names}; npm run databases installs them`,
    `未安装而略过:${names};npm run databases 会安装`,
  );
}

function fileIn(folder: string): string {
  return pathToFileURL(join(folder, 'denglu.db')).href;
}

async function check(name: string, server: string, databaseUrl: string): Promise<void> {
  const { acknowledged, sent, url, stop } = await killOften(server, databaseUrl, Number(times));
  const { problems, untold } = await judge(databaseUrl, url, acknowledged);
  await stop();
  const told = `${name}: ${times} kills, ${sent()} sign-ins sent, ${acknowledged.length} acknowledged, ${untold} people in who were never told`;
  if (acknowledged.length === 0) problems.push('nothing was acknowledged, so nothing is shown');
  if (untold === 0) problems.push('nobody was cut off between commit and answer, so nothing is shown of that');
  if (problems.length > 0)
    throw new Problem(`${told}\n${problems.join('\n')}`, `${name}:发现 ${problems.length} 个问题`);
  console.log(`${told}: none lost, none doubled`);
}
