import { ensureApart } from '../apart.mjs';
import { say } from '../speech.mjs';

/** The folder whose `node_modules` holds WeChat's own tools. */
export const ensureTools = () =>
  ensureApart('official', () =>
    say("Installing WeChat's own tools, once (280 MB)", '正在安装微信官方工具,仅首次需要(280 MB)'),
  );
