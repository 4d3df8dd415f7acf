import type { ToldDetails } from '../../ports/profile.js';
import { fieldIn, textIn } from './fields.js';

/** What `userInfo` tells beside the name and the picture. */
export function toldDetails(userInfo: object): ToldDetails {
  const gender = fieldIn(userInfo, 'gender');
  return {
    gender: gender === 1 || gender === 2 ? gender : 0,
    country: textIn(userInfo, 'country'),
    province: textIn(userInfo, 'province'),
    city: textIn(userInfo, 'city'),
    language: textIn(userInfo, 'language'),
  };
}
