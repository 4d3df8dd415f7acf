import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kit } from './phone.js';

const BUILT = join(import.meta.dirname, '../../../miniprogram_dist');

export interface NativePackage extends Kit {
  readonly folder: string;
  remove(): void;
}

/**
 * Installs the built native package in a folder of its own, as "build npm" does. In this one Node would take its files
 * for ES modules, since the project's manifest says so.
 *
 * @throws Error where nothing was built
 */
export function installNativePackage(): NativePackage {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is not there: run npm run build`);
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  cpSync(BUILT, folder, { recursive: true });
  const require = createRequire(join(folder, 'app.js'));
  const { createAuth }: Pick<Kit, 'createAuth'> = require('./index.js');
  const { wechat }: Pick<Kit, 'wechat'> = require('./adapters/wechat.js');
  const { server }: Pick<Kit, 'server'> = require('./adapters/server.js');
  return { folder, createAuth, wechat, server, remove: () => rmSync(folder, { recursive: true }) };
}
