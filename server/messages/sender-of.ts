import { join } from 'node:path';
import type { Logger } from 'pino';
import { dataFolderOf, type ServerConfig } from '../config.js';
import { both, cannotStart } from '../start-error.js';
import { outbox } from './outbox.js';
import type { Sender } from './sender.js';

const MISSING = both(
  'is missing: file keeps SMS codes and mails in a file, in clear; off sends none. A program of your own can give createServer a sender.',
  '未设置:file 把短信验证码和邮件以明文写入文件,off 则一律不发。你自己的程序可以给 createServer 一个 sender。',
);

/**
 * What sends messages where nobody gave a sender.
 *
 * @returns `undefined` where none are sent
 * @throws StartError where nobody said what becomes of them
 */
export function senderOf(config: ServerConfig): Sender | undefined {
  if (config.messages === undefined) throw cannotStart([['MESSAGES', MISSING]]);
  return config.messages === 'off' ? undefined : outbox(outboxOf(config));
}

/** Says loudly where messages go, if nobody gave a sender: a file with them signs people in. */
export function tellOfOutbox(config: ServerConfig, log: Logger): void {
  if (config.messages !== 'file') return;
  log.warn({ file: outboxOf(config) }, 'SMS codes and mails are sent to nobody: they go to this file, in clear');
}

const outboxOf = (config: ServerConfig) => join(dataFolderOf(config), 'outbox.jsonl');
