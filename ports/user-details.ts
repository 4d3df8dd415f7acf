/** What some backends tell of a user beside what every flow needs, for APIs that know users as whole records. */
export interface UserDetails {
  /** 0 unknown, 1 male, 2 female. */
  readonly gender: number;
  /** A place that is not known is empty. */
  readonly country: string;
  readonly province: string;
  readonly city: string;
  /** In which the place is named, as `zh_CN`; empty where it is not known. */
  readonly language: string;
  readonly isEmailVerified: boolean;
  /** Whether nothing is known of them but a token. */
  readonly isAnonymous: boolean;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
}

/** The details among the fields of whatever came, or was stored; `null` where they are not there. */
export function readUserDetails(fields: Readonly<Partial<Record<string, unknown>>>): UserDetails | null {
  const { gender, country, province, city, language, isEmailVerified, isAnonymous, createdAt } = fields;
  if (typeof createdAt !== 'number') return null;
  return {
    gender: gender === 1 || gender === 2 ? gender : 0,
    country: textOf(country),
    province: textOf(province),
    city: textOf(city),
    language: textOf(language),
    isEmailVerified: isEmailVerified === true,
    isAnonymous: isAnonymous === true,
    createdAt,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
