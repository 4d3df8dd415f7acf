import { type Failure, toFailure } from '../ports/failure.js';

/** Whoever wants to hear of something. */
export interface Listeners<T> {
  /** Answers how to stop listening. The same function may listen twice. */
  add(listener: (news: T) => void): () => void;
  /**
   * Tells everybody who listens still when their turn comes.
   *
   * @param isCurrent whether the news still holds: a listener may have brought newer ones
   */
  tell(news: T, isCurrent?: () => boolean): void;
  clear(): void;
}

/** @param onProblem hears of a listener that throws; the others hear the news all the same */
export function createListeners<T>(onProblem: (failure: Failure) => void): Listeners<T> {
  const entries = new Set<{ listener: (news: T) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    tell(news, isCurrent = () => true) {
      for (const entry of [...entries]) {
        if (!isCurrent()) return;
        if (!entries.has(entry)) continue;
        try {
          entry.listener(news);
        } catch (error) {
          onProblem(toFailure(error));
        }
      }
    },
    clear: () => entries.clear(),
  };
}
