import { always } from '../property.js';

/** A chart that throws ends, and with it whatever it had promised. */
export const chartsStand = always('No chart breaks', (stage) => {
  for (const { name, snapshot } of stage.charts()) {
    if (snapshot.status === 'error') return `${name} has broken: ${String(snapshot.error)}`;
  }
  return true;
});
