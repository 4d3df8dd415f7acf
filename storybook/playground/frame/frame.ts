import type { ComponentSource } from '../../mini-program/components.js';
import template from './frame.wxml';
import style from './frame.wxss?raw';

/** What every page of a playground has around its component: who is signed in, and what the app may do. */
export const demoFrame: ComponentSource = {
  name: 'demo-frame',
  template,
  style,
  config: { component: true },
  definition: {
    properties: {
      user: { type: Object, value: null },
      says: { type: Object, value: {} },
      told: { type: String, value: '' },
    },
    methods: {
      onLoad(this: Instance) {
        this.triggerEvent('load');
      },
      onLeave(this: Instance) {
        this.triggerEvent('leave');
      },
    },
  },
};

interface Instance {
  triggerEvent(name: string): void;
}
