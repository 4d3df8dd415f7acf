import type { ActorRefLike, AnyActorRef, AnyMachineSnapshot, InspectionEvent } from 'xstate';

/** A living actor, under a name that is the same in every run. */
export interface Member {
  readonly name: string;
  readonly actor: AnyActorRef;
}

/** The actors of a run, as inspection tells of them. */
export interface Cast {
  /** To be given what inspection tells. */
  hear(event: InspectionEvent): void;
  /** Every actor that lives, parents first, and of each kind of root the newest even if it lives no more. */
  members(): readonly Member[];
  /** The charts that run, or have run last, by the ids of their machines. */
  charts(): readonly Chart[];
  /** Names the timer that is being set in this very stack; `null` where no actor of this cast sets it. */
  nameTimer(): string | null;
  /** Stops them all. */
  stop(): void;
}

export interface Chart {
  readonly name: string;
  readonly snapshot: AnyMachineSnapshot;
}

export function createCast(): Cast {
  let roots: AnyActorRef[] = [];
  const named = new WeakSet<object>();

  const living = () => {
    roots = roots.filter(
      (root, index) => isActive(root) || !roots.slice(index + 1).some((newer) => kindOf(newer) === kindOf(root)),
    );
    return roots;
  };

  const find = () => {
    const found: Member[] = [];
    const taken = new Map<string, number>();
    const visit = (name: string, actor: AnyActorRef) => {
      found.push({ name, actor });
      const snapshot: unknown = actor.getSnapshot();
      if (!isMachineSnapshot(snapshot)) return;
      const children: Readonly<Record<string, AnyActorRef | undefined>> = snapshot.children;
      for (const [id, child] of Object.entries(children)) {
        if (child && isActive(child)) visit(`${name}.${stable(id)}`, child);
      }
    };
    for (const root of living()) {
      const kind = kindOf(root);
      const count = (taken.get(kind) ?? 0) + 1;
      taken.set(kind, count);
      visit(count === 1 ? kind : `${kind} ${count}`, root);
    }
    return found;
  };

  /** Between two steps nothing changes, and many ask. */
  let known: { readonly members: readonly Member[]; charts: readonly Chart[] | null } | null = null;
  const look = () => {
    known ??= { members: find(), charts: null };
    return known;
  };

  return {
    hear(event) {
      known = null;
      if (event.type !== '@xstate.actor' || !isActor(event.actorRef)) return;
      if (event.actorRef.sessionId === event.rootId) roots.push(event.actorRef);
    },
    members: () => look().members,
    charts() {
      const all = look();
      all.charts ??= all.members.flatMap(({ name, actor }) => {
        const snapshot: unknown = actor.getSnapshot();
        return isMachineSnapshot(snapshot) ? [{ name, snapshot }] : [];
      });
      return all.charts;
    },
    nameTimer() {
      for (const root of roots) {
        for (const scheduled of Object.values(root.system.getSnapshot()._scheduledEvents)) {
          if (named.has(scheduled)) continue;
          named.add(scheduled);
          return readable(scheduled.id);
        }
      }
      return null;
    },
    stop() {
      for (const root of roots) if (isActive(root) && 'stop' in root) root.stop();
    },
  };
}

export function isMachineSnapshot(snapshot: unknown): snapshot is AnyMachineSnapshot {
  return typeof snapshot === 'object' && snapshot !== null && 'machine' in snapshot && 'children' in snapshot;
}

export function isActive(actor: AnyActorRef): boolean {
  return actor.getSnapshot().status === 'active';
}

function isActor(actor: ActorRefLike): actor is AnyActorRef {
  return 'getSnapshot' in actor && 'system' in actor;
}

function kindOf(actor: AnyActorRef): string {
  const snapshot: unknown = actor.getSnapshot();
  return isMachineSnapshot(snapshot) ? snapshot.machine.id : actor.id;
}

/** XState numbers the children that have no id of their own, in the order of the whole run. */
function stable(id: string): string {
  return id.replace(/^x:\d+$/, 'child');
}

/** `xstate.after.loginTimeout.codes.loggingIn` → `loginTimeout of codes.loggingIn` */
function readable(id: string): string {
  const [, delay, state] = /^xstate\.after\.([^.]+)\.(.+)$/.exec(id) ?? [];
  return delay && state ? `${delay} of ${state}` : stable(id);
}
