import type { State } from '../chart.js';
import { layOut } from '../view/layout.js';

/**
 * Lays charts out, apart from the page: it takes its time, and makes code of texts, which the page must not.
 *
 * Hears `{ id, root }`, tells `{ id, layout }` or `{ id, problem }`.
 */
addEventListener('message', ({ data }: MessageEvent<{ id: number; root: State }>) => {
  const { id, root } = data;
  layOut(root).then(
    (layout) => postMessage({ id, layout }),
    (error: unknown) => postMessage({ id, problem: String(error) }),
  );
});
