import type { InspectionEvent } from 'xstate';
import type { StepProperty } from '../property.js';
import { SECRET_MARK } from '../stage.js';

/** No code, token, password or number stands in anything that an inspector is told (G-23). */
export const nothingSecretShows: StepProperty = {
  name: 'G-23 nothing secret shows in what is inspected',
  watch: () => ({
    complaint: () => null,
    complaintIfNew({ news }) {
      for (const item of news) {
        if (item.type !== 'inspected') continue;
        const shown = whatShows(item.event);
        if (shown) return `"${shown}" stands in an inspected ${item.event.type.replace('@xstate.', '')}`;
      }
      return null;
    },
  }),
};

const SHOWN = new RegExp(`${SECRET_MARK}[\\w-]*`);

function whatShows(event: InspectionEvent): string | undefined {
  return SHOWN.exec(JSON.stringify([contentsOf(event)]))?.[0];
}

/** A microstep and an action tell nothing that the snapshot after them does not tell too. */
function contentsOf(event: InspectionEvent): unknown {
  if (event.type === '@xstate.snapshot') return [event.event, event.snapshot];
  return event.type === '@xstate.event' ? event.event : null;
}
