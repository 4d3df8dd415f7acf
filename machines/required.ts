// Every chart imports this module, so that what XState lacks is there before any chart is defined (B-12).
import './built-ins.js';
import { type AnyEventObject, type CallbackActorLogic, type EventObject, fromCallback } from 'xstate';
import { Failure } from '../ports/failure.js';
import { fromTask, type TaskLogic } from './task.js';

/**
 * Stands for an effect that a flow needs and that whoever binds the flow provides by `machine.provide`. Left out, it
 * fails by its name instead of hanging.
 */
export const required = {
  /** A call that is answered once. */
  task: <Output, Input = unknown>(name: string): TaskLogic<Output, Input> =>
    fromTask<Output, Input>(() => {
      throw notProvided('actor', name);
    }),

  /** A companion that lives as long as the state that invokes it, and sends events to the flow. */
  companion: <Input = unknown, Received extends EventObject = AnyEventObject>(
    name: string,
  ): CallbackActorLogic<Received, Input> =>
    fromCallback<Received, Input>(() => {
      throw notProvided('actor', name);
    }),

  /** A deed done in passing. */
  action: (name: string): never => {
    throw notProvided('action', name);
  },
};

function notProvided(sort: 'actor' | 'action', name: string) {
  return new Failure('misconfigured', { message: `The ${sort} "${name}" of this flow is not provided.` });
}
