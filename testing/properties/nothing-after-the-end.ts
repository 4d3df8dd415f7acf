import type { StepProperty } from '../property.js';

/** A flow whose view is gone starts nothing and keeps nothing (G-17). */
export const nothingAfterTheEnd: StepProperty = {
  name: 'G-17 nothing happens after the view is gone',
  watch(stage) {
    let isOver = false;
    return {
      complaint({ news }) {
        const wasOver = isOver;
        const charts = stage.charts();
        isOver = charts.length > 0 && charts.every(({ snapshot }) => snapshot.status === 'stopped');
        if (!isOver) return null;
        const called = news.find((item) => item.type === 'called');
        if (wasOver && called?.type === 'called') return `${called.name} is called`;
        return stage.timers().length > 0 ? `a timer is left: ${stage.timers().join(', ')}` : null;
      },
    };
  },
};
