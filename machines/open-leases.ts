import type { AnyActor } from 'xstate';
import type { CodesEvent, LeaseRef } from './codes.js';

/** Whose leases are open, so that what a flow that broke has left behind can be given back. */
export interface OpenLeases {
  /** Makes a lease known; answers how to give it back. */
  open(lease: LeaseRef, system: AnyActor['system']): () => void;
  /** Gives back all that the flows of a system hold: a chart that broke runs no cleanup of its own. */
  freeAll(system: AnyActor['system']): void;
}

/** @param tellCodes sends to the owner of the codes */
export function createOpenLeases(tellCodes: (event: CodesEvent) => void): OpenLeases {
  const systems = new Map<LeaseRef, AnyActor['system']>();
  const free = (lease: LeaseRef) => {
    if (systems.delete(lease)) tellCodes({ type: 'LEASE.FREED', lease });
  };
  return {
    open(lease, system) {
      systems.set(lease, system);
      return () => free(lease);
    },
    freeAll(system) {
      for (const [lease, owner] of [...systems]) if (owner === system) free(lease);
    },
  };
}
