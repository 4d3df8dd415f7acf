import { accessSync, constants, statSync } from 'node:fs';
import { makeFolder } from './make-folder.js';
import { reasonOf } from './reason.js';
import { both, cannotStart } from './start-error.js';

/**
 * Makes the folder of pictures and messages where it is missing, so that a wrong one is told at the start, and not by the
 * first upload that fails.
 *
 * @throws StartError where it cannot be made, or nothing be written there
 */
export function prepareDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) throw new Error(`ENOTDIR: ${folder} is no folder`);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = reasonOf(error);
    throw cannotStart([['DATA_FOLDER', both(`cannot be used: ${why}`, `无法使用:${why}`)]]);
  }
}
