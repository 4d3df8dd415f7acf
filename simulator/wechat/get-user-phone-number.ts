import { field } from '../json.js';
import type { People } from '../people.js';
import type { Abilities } from './abilities.js';
import { Refusal } from './cloud-port.js';
import type { OpenData } from './open-data.js';
import type { PhoneCodes } from './phone-codes.js';

interface Parts {
  people: People;
  abilities: Abilities;
  phoneCodes: PhoneCodes;
  openData: OpenData;
}

/**
 * getuserphonenumber (S-03), without HTTP: the function throws a {@link Refusal} with 48001, 40029 or 61010.
 */
export function createGetUserPhoneNumber({ people, abilities, phoneCodes, openData }: Parts) {
  return (appId: string, body: unknown) => {
    if (abilities.restriction(appId, 'getPhoneNumber') === 102) throw new Refusal(48001, 'api unauthorized');
    const { personId } = phoneCodes.spend(String(field(body, 'code')), appId);
    const person = people.find(personId);
    if (!person) throw new Refusal(40029, 'invalid code');
    return { phone_info: { ...openData.phoneInfo(person), watermark: openData.watermark(appId) } };
  };
}
