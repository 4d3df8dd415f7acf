import type { AuthCore } from '../../../machines/create-auth.js';
import type { PhoneAim } from '../../../machines/phone-authorization.js';
import type { Moves, Stage } from '../../../testing/index.js';
import type { Surroundings } from './ports.js';

/** A flow of the app, on a page that may be opened and left. */
export interface Part {
  moves(): Moves;
  /** Opens its page, where it has one. */
  open?(): void;
  /** The move that ends it, where it has a page. */
  readonly ending?: string;
  /** What decides its future and no chart shows. */
  identity(): unknown;
  describe?(): string;
  /** Whether a sheet is open whose answer would be heard, by what it asks for. */
  isAsking?(mode: PhoneAim['mode']): boolean;
  /** Whether a login would make worthless what is being asked or sent (G-03). */
  needsKey?(): boolean;
}

export type MakePart = (app: App) => Part;

export interface App {
  readonly stage: Stage;
  readonly core: AuthCore;
  readonly world: Surroundings;
}
