import type { ProfileLanguage } from '../ports/platform.js';
import type { ProfileSync } from '../ports/profile.js';
import { wrongParameter } from './errors.js';

// What apps without types hand over is judged here, and never changed.

/** A field of whatever was handed over; `undefined` where there is none. */
export function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** @throws Failure `invalid-request` where it is neither left out nor yes or no */
export function flagIn(options: unknown, name: string, fallback: boolean): boolean {
  const value = fieldOf(options, name);
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'boolean') throw wrongParameter(`${name} has to be true or false.`);
  return value;
}

/** @throws Failure `invalid-request` where it is neither left out nor a text with something in it */
export function textIn(options: unknown, name: string): string | null {
  const value = fieldOf(options, name);
  if (value === undefined || value === null) return null;
  return needText(value, name);
}

/** @throws Failure `invalid-request` */
export function needText(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw wrongParameter(`${name} has to be a text.`);
  return value;
}

/** @throws Failure `invalid-request` */
export function syncIn(options: unknown): ProfileSync {
  const value = fieldOf(options, 'syncUserProfile');
  if (value === undefined || value === null) return 'setnx';
  if (value === 'overwrite' || value === 'setnx') return value;
  if (value === 'false' || value === false) return false;
  throw wrongParameter('syncUserProfile has to be overwrite, setnx or false.');
}

/** What an event carries; or what a call of the host answered, as it is. */
export function detailOf(data: unknown): unknown {
  const detail = fieldOf(data, 'detail');
  return isObject(detail) ? detail : data;
}

/**
 * Which button, or call, something is of.
 *
 * @throws Failure `invalid-request` where it is of none: that is nobody's wish to sign in silently
 */
export function subjectOf(data: unknown): 'phone' | 'profile' {
  const detail = detailOf(data);
  const words = `${fieldOf(data, 'type')} ${fieldOf(detail, 'errMsg')}`;
  if (/get(realtime)?phonenumber/i.test(words)) return 'phone';
  if (/getuser(info|profile)/i.test(words)) return 'profile';
  if (isObject(fieldOf(detail, 'userInfo'))) return 'profile';
  if (typeof fieldOf(detail, 'encryptedData') === 'string' || typeof fieldOf(detail, 'code') === 'string')
    return 'phone';
  throw wrongParameter('This is the event of neither a phone button nor a getUserInfo button.');
}

/** In which language the host told of the person. */
export function languageOf(data: unknown): ProfileLanguage {
  const language = fieldOf(fieldOf(detailOf(data), 'userInfo'), 'language');
  return language === 'en' || language === 'zh_TW' ? language : 'zh_CN';
}
