import type { template } from 'glass-easel';
import type { AnyStateMachine } from 'xstate';
import type { AgeName } from './kinds.js';

/** What a playground shows: a page with a component on it, and what it takes to see all of it. */
export interface Demo {
  /** The component's name. */
  readonly name: string;
  /**
   * The page. Its data: `locale`, `createUser`, the `user` who is signed in, `says` and `told` for `<demo-frame>`. Its
   * method `tell` takes any event of the component, or of another one with its name as its `id`; `load` and `leave` are for the frame.
   */
  readonly template: template.ComponentTemplate;
  /** The charts that it drives; the first is the one on show. */
  readonly machines: readonly AnyStateMachine[];
  /** How old the phone is at first; default `modern`. */
  readonly age?: AgeName;
  /** Whether a new phone's person has yet to agree to the privacy guide, in the app's own popup (W-16). */
  readonly ownPrivacyPopup?: boolean;
}
