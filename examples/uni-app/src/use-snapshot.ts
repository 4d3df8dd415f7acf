import { onUnmounted, type ShallowRef, shallowRef } from 'vue';

interface Teller<Snapshot> {
  getSnapshot(): Snapshot;
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
}

/** What an auth or a flow shows, as long as the page is there. */
export function useSnapshot<Snapshot>(teller: Teller<Snapshot>): Readonly<ShallowRef<Snapshot>> {
  const snapshot = shallowRef(teller.getSnapshot());
  onUnmounted(
    teller.subscribe((next) => {
      snapshot.value = next;
    }),
  );
  return snapshot;
}
