/** Which of the gate's slots is shown: for signed-in users, for others, or while it is not known who comes. */
export type AuthGateShown = 'content' | 'fallback' | 'pending';

export type AuthGateProperties = Record<never, never>;

export interface AuthGateEvents {
  /** Another slot is shown. */
  change: { shown: AuthGateShown };
}

export interface AuthGate {
  properties: AuthGateProperties;
  events: AuthGateEvents;
  texts: Record<never, never>;
  /** The default slot, `''`, is for whoever is signed in. */
  slots: '' | 'fallback' | 'pending';
  externalClasses: 'denglu-class';
  methods: Record<never, never>;
}
