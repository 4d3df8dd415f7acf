import type { StoryContext, StoryObj } from '@storybook/html-vite';
import { lookOf } from '../look.js';
import { loadComponents } from '../mini-program/components.js';
import { enterStage } from '../stage.js';
import type { Demo } from './demo.js';
import { createPlayground, type Playground } from './playground.js';
import { findSurroundings } from './surroundings.js';

let shown: { demo: Demo; playground: Playground } | null = null;

/** A story to be tapped: nothing happens by itself in it. The toolbar changes its look while the app goes on. */
export function playgroundOf(demo: Demo) {
  return {
    loaders: [async () => ({ components: await loadComponents(), surroundings: await findSurroundings() })],
    render(_args: unknown, { globals, loaded }: StoryContext) {
      const look = lookOf(globals);
      if (shown?.demo === demo) {
        shown.playground.setLook(look);
        return shown.playground.element;
      }
      const { surroundings, components } = loaded;
      const playground = createPlayground({ demo, surroundings, components, look });
      const element = enterStage({
        element: playground.element,
        release() {
          playground.release();
          shown = null;
        },
      });
      shown = { demo, playground };
      return element;
    },
  } satisfies StoryObj;
}
