import type { ComponentSource } from '../mini-program/components.js';
import template from './open-data.wxml';

/** `<open-data>` as the host draws it since 2022-02-21: the same for everybody (W-08). */
export const openData: ComponentSource = {
  name: 'open-data',
  template,
  style: '.grey { width: 88rpx; height: 88rpx; border-radius: 8rpx; background: #b2b2b2; }',
  config: { component: true },
  definition: { properties: { type: { type: String, value: '' } } },
};
