import { join } from 'node:path';
import { aptInstall, canUseApt } from './apt.mjs';
import { run } from './children.mjs';
import { engines, isInstalled, mariadb, postgres, redis } from './databases/engines.mjs';
import { makePlace } from './databases/place.mjs';
import { startDatabase } from './databases/start.mjs';
import { ensureInstalled, root } from './install.mjs';
import { main, Problem, say } from './speech.mjs';

/**
 * Runs the tests of the server on each database that Debian packages: installs what is missing, starts them on this machine
 * in a temporary folder, as a user without rights, and stops them. Options are vitest's; tests that are named run instead.
 */

const options = process.argv.slice(2);
const tests = options.some((option) => option.startsWith('test/'))
  ? options
  : [...options, 'test/server', 'test/databases'];

await main(async () => {
  await ensureInstalled();
  await ensureEngines();
  const place = makePlace();
  const started = [];
  try {
    const counters = await startDatabase(redis, place.folder(redis.debian));
    started.push(counters);
    for (const engine of [postgres, mariadb]) {
      say(`Testing the server on ${engine.name}`, `正在 ${engine.name} 上测试服务器`);
      const database = await startDatabase(engine, place.folder(engine.debian));
      started.push(database);
      const vitest = join(root, 'node_modules/vitest/vitest.mjs');
      const env = { TEST_DATABASE_URL: database.url, TEST_REDIS_URL: counters.url };
      const { code } = await run(process.execPath, [vitest, 'run', '--root', root, '--project', 'node', ...tests], {
        shown: true,
        env,
      });
      if (code !== 0) {
        throw new Problem(`The server fails on ${engine.name}: see above`, `服务器在 ${engine.name} 上未通过测试,见上`);
      }
    }
  } finally {
    for (const database of started) await database.stop();
    place.remove();
  }
});

async function ensureEngines() {
  const missing = engines.filter((engine) => !isInstalled(engine));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.map(({ debian }) => debian);
  say(`${names} not found, installing once`, `未找到 ${names},正在安装,仅首次需要`);
  const output = canUseApt() ? (await aptInstall(packages)).output : 'apt-get cannot be used here: it wants root';
  const still = missing.filter((engine) => !isInstalled(engine));
  if (still.length === 0) return;
  const wanted = still.map(({ name }) => name).join(', ');
  throw new Problem(
    `${wanted} could not be installed. Install them as root: apt-get install ${packages.join(' ')}. Tried:\n${output.trim()}`,
    `无法安装 ${wanted}。请以 root 身份安装:apt-get install ${packages.join(' ')}`,
  );
}
