import type { Platform } from '../../ports/platform.js';
import { quietly } from './calls.js';

type Listen = (listener: (event: object) => void) => void;

/** What of a host tells something by itself. Older base libraries lack some. */
export interface TellingHost {
  onAppShow?: Listen;
  offAppShow?: Listen;
  onNetworkStatusChange?: Listen;
  offNetworkStatusChange?: Listen;
}

/** What the host tells by itself. */
export function listeningMembers(host: TellingHost): Pick<Platform, 'onShow' | 'onOnline'> {
  return {
    onShow: (listener) =>
      listen(
        listener,
        (hear) => host.onAppShow?.(hear),
        (hear) => host.offAppShow?.(hear),
      ),

    onOnline: (listener) =>
      listen(
        (event: object) => {
          if ('isConnected' in event && event.isConnected) listener();
        },
        (hear) => host.onNetworkStatusChange?.(hear),
        (hear) => host.offNetworkStatusChange?.(hear),
      ),
  };
}

/**
 * A host that will not tell is like one that cannot: nothing is heard, and no flow ends of it. Old base libraries can
 * register a listener but not remove it, so it is also silenced.
 */
function listen<T>(
  listener: (event: T) => void,
  on: (hear: (event: T) => void) => void,
  off: (hear: (event: T) => void) => void,
): () => void {
  let isListening = true;
  const hear = (event: T) => {
    if (isListening) listener(event);
  };
  quietly(() => on(hear));
  return () => {
    isListening = false;
    quietly(() => off(hear));
  };
}
