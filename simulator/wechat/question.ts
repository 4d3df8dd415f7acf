import type { Ability } from './cloud-port.js';

/** What a person may be asked: for an ability, or to agree to the app's privacy guide in the host's own popup. */
export type Question = Ability | 'privacy';
