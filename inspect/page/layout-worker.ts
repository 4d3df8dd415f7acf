import type { State } from '../chart.js';
import { layOut } from '../view/layout.js';
import type { Told } from './layouts.js';

/**
 * Lays charts out, apart from the page: it takes its time, and makes code of texts, which the page must not.
 *
 * Says that it is ready once, and from then on tells of each chart that it hears its layout, or its problem.
 */
const tell = (told: Told) => postMessage(told);

addEventListener('message', ({ data }: MessageEvent<State>) => {
  layOut(data).then(
    (layout) => tell({ type: 'layout', layout }),
    (error: unknown) => tell({ type: 'problem', problem: String(error) }),
  );
});

const nothing = { description: undefined, invokes: [], moves: [], start: [], children: [] };
const child: State = { ...nothing, id: 'child', key: 'child', type: 'atomic' };
/** The first layout takes longest, as all of it has to be made ready: that is no chart's fault. */
layOut({ ...nothing, id: 'root', key: 'root', type: 'compound', children: [child] }).then(
  () => tell({ type: 'ready' }),
  () => tell({ type: 'ready' }),
);
