import type { TaskLogic } from '../../machines/task.js';

/**
 * The same actor, whose calls are told as they are made.
 *
 * @param record hears what each call was made with
 */
export function recorded<Output, Input extends object>(
  logic: TaskLogic<Output, Input>,
  record: (input: Input) => void,
): TaskLogic<Output, Input> {
  return {
    ...logic,
    start: (snapshot, scope) => {
      if (snapshot.input) record(snapshot.input);
      logic.start?.(snapshot, scope);
    },
  };
}
