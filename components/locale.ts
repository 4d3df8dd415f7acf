import type { Locale } from '../ports/failure.js';
import { swanObject } from './host.js';

/**
 * The language to speak: the one asked for, else the host's, else Chinese, which most users read.
 *
 * @param wanted a component's `locale` property; empty for the host's
 */
export function localeFrom(wanted: string): Locale {
  const language = wanted || hostLanguage();
  return language === '' || /^zh/i.test(language) ? 'zh' : 'en';
}

function hostLanguage(): string {
  const baidu = swanObject();
  if (baidu) return baidu.getSystemInfoSync?.().language ?? '';
  if (typeof wx !== 'object') return '';
  if (typeof wx.getAppBaseInfo === 'function') return wx.getAppBaseInfo().language ?? '';
  return typeof wx.getSystemInfoSync === 'function' ? (wx.getSystemInfoSync().language ?? '') : '';
}
