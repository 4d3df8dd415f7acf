import { spawnSync } from 'node:child_process';
import { aptInstall, canUseApt } from './apt.mjs';
import { say } from './speech.mjs';

/** The package of Debian with a Chinese font; the browser brings none. */
export const FONT_PACKAGE = 'fonts-noto-cjk';

/** Installs a Chinese font where there is none and it can be had; without one the pages work, but show boxes. */
export async function ensureChineseFont() {
  if (hasChineseFont()) return;
  say('No Chinese font found, trying to install one', '未找到中文字体,正在尝试安装');
  if (canUseApt() && (await aptInstall([FONT_PACKAGE])).ok) return;
  say(`Chinese text may show as boxes; ${FONT_PACKAGE} would help`, `中文可能显示为方框,可安装 ${FONT_PACKAGE}`);
}

/** Other systems bring Chinese fonts; on Linux one that cannot be asked is taken as served. */
function hasChineseFont() {
  if (process.platform !== 'linux') return true;
  const list = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  return list.status !== 0 || list.stdout.trim() !== '';
}
