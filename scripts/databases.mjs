import { writeFileSync } from 'node:fs';
import { aptInstall, canUseApt } from './apt.mjs';
import { debianEngines, isInstalled, mariadb, postgres, redis, sqld } from './databases/engines.mjs';
import { makePlace } from './databases/place.mjs';
import { ensureSqld } from './databases/sqld.mjs';
import { startDatabase } from './databases/start.mjs';
import { ensureInstalled } from './install.mjs';
import { added, runTests, told } from './run-tests.mjs';
import { main, Problem, say } from './speech.mjs';

/**
 * Runs the tests of the server on each database that it can be moved to, and on Redis: installs what is missing, starts
 * them on this machine in a temporary folder, as a user without rights, and stops them.
 *
 * Options are vitest's; tests that are named run instead, and databases (PostgreSQL, MariaDB, libsql-server) alone. What was
 * counted goes to the file `TALLY_FILE`, if there is to be one.
 */

const databases = [postgres, mariadb, sqld];
const named = databases.filter(({ name }) => process.argv.includes(name));
const options = process.argv.slice(2).filter((option) => !named.some(({ name }) => name === option));
const tests = options.some((option) => option.startsWith('test/'))
  ? options
  : [...options, 'test/server', 'test/databases'];

await main(async () => {
  await ensureInstalled();
  await ensureEngines();
  await ensureSqld();
  const place = makePlace();
  const began = Date.now();
  const figures = [];
  let tally = { passed: 0, failed: 0, skipped: 0 };
  const counters = await startDatabase(redis, place.folder(redis.name));
  try {
    for (const engine of named.length > 0 ? named : databases) {
      say(`Testing the server on ${engine.name}`, `正在 ${engine.name} 上测试服务器`);
      const start = Date.now();
      // A libsql server is one database: each test starts its own.
      const database = engine === sqld ? undefined : await startDatabase(engine, place.folder(engine.name));
      const found = await runTests(['--project', 'node', ...tests], {
        TEST_ENGINE: engine.name,
        TEST_REDIS_URL: counters.url,
        ...(database && { TEST_DATABASE_URL: database.url }),
      });
      await database?.stop();
      tally = added(tally, found);
      figures.push(`${engine.name}: ${told(found)} in ${secondsSince(start)}`);
    }
  } finally {
    await counters.stop();
    place.remove();
  }
  for (const figure of figures) console.log(figure);
  console.log(`All databases: ${told(tally)} in ${secondsSince(began)}`);
  if (process.env.TALLY_FILE) writeFileSync(process.env.TALLY_FILE, JSON.stringify(tally));
  if (tally.failed > 0)
    throw new Problem('The server fails on a database: see above', '服务器在某个数据库上未通过测试,见上');
});

/** @param {number} start */
function secondsSince(start) {
  return `${Math.round((Date.now() - start) / 1000)} s`;
}

async function ensureEngines() {
  const missing = debianEngines.filter((engine) => !isInstalled(engine));
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
