import type { WechatDeviceOptions } from '../../simulator/index.js';
import type { Platform } from '../phone/platforms.js';
import type { TextName } from './texts.js';

type Age = Pick<WechatDeviceOptions, 'baseLibrary' | 'publishedAt'>;

/** How old WeChat and the published app are, by the name of the text: each age has another way to a profile. */
export const ages = {
  /** Profiles are anonymous, so a form is filled in (W-08, W-11). */
  modern: {},
  /** `wx.getUserProfile` tells who it is (W-06). */
  before2022: { baseLibrary: '2.20.0', publishedAt: Date.UTC(2022, 0) },
  /** Only the getUserInfo button is there (W-18). */
  before2021: { baseLibrary: '2.10.0', publishedAt: Date.UTC(2020, 11) },
} as const satisfies Partial<Record<TextName, Age>>;

export type AgeName = keyof typeof ages;

/** Whose phone it is, and what sort of one. Each has a store of its own. */
export interface PhoneKind {
  readonly personId: string;
  readonly platform: Platform;
  readonly age: AgeName;
}
