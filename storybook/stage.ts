/** What a story shows, and how it leaves. */
export interface Scene {
  readonly element: HTMLElement;
  release(): void;
}

/**
 * Shows a scene, in the place of the one that was on.
 *
 * @returns what the story renders
 */
export function enterStage(scene: Scene): HTMLElement {
  clearStage();
  current = scene;
  return scene.element;
}

/** Ends the scene that is on. Storybook calls it after each story: its HTML renderer tells nobody that it takes one off. */
export function clearStage(): void {
  current?.release();
  current = null;
}

let current: Scene | null = null;
