import { field } from '../json.js';

/** What a profile tells beside the name and the picture; null where it does not. */
export interface Details {
  /** 1 male, 2 female. */
  readonly gender: number | null;
  readonly country: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly language: string | null;
}

export const NO_DETAILS: Details = { gender: null, country: null, province: null, city: null, language: null };

/** Of what the host vouches for. 0 and empty texts tell nothing, but a place is told whole. */
export function readDetails(told: unknown, genderField = 'gender'): Details {
  const textIn = (name: string) => {
    const text = field(told, name);
    return typeof text === 'string' ? text : '';
  };
  const gender = Number(field(told, genderField));
  const place = { country: textIn('country'), province: textIn('province'), city: textIn('city') };
  return {
    ...NO_DETAILS,
    ...(Object.values(place).some(Boolean) && place),
    gender: gender === 1 || gender === 2 ? gender : null,
    language: textIn('language') || null,
  };
}
