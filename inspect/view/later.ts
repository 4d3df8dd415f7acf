/**
 * The same, at most once for each frame that is drawn: what comes a thousand times a second is shown sixty times.
 *
 * A page that is not looked at draws no frames, and has nothing to show.
 */
export function oncePerFrame(show: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      show();
    });
  };
}
