/** Somebody with a phone, and what their profile says. */
export interface Person {
  readonly id: string;
  readonly nickname: string;
  readonly avatarUrl: string;
  /** 0 unknown, 1 male, 2 female. */
  readonly gender: 0 | 1 | 2;
  readonly city: string;
  readonly province: string;
  readonly country: string;
  /** Without the country's code. */
  readonly phoneNumber: string;
  /** Without a plus: `86`. */
  readonly countryCode: string;
}

export type NewPerson = Pick<Person, 'nickname'> & Partial<Omit<Person, 'id' | 'nickname'>>;

export interface People {
  add(person: NewPerson): Person;
  find(id: string): Person | undefined;
  /** Somebody's data change; an unknown id changes nobody. */
  change(id: string, changes: Partial<NewPerson>): void;
  list(): readonly Person[];
}

export function createPeople(): People {
  const people = new Map<string, Person>();
  return {
    add(newPerson) {
      const number = people.size + 1;
      const person: Person = {
        id: `person-${number}`,
        avatarUrl: `https://thirdwx.qlogo.cn/mmopen/vi_32/avatar-${number}/132`,
        gender: 0,
        city: 'Guangzhou',
        province: 'Guangdong',
        country: 'China',
        phoneNumber: `138${String(number).padStart(8, '0')}`,
        countryCode: '86',
        ...newPerson,
      };
      people.set(person.id, person);
      return person;
    },
    find: (id) => people.get(id),
    change(id, changes) {
      const person = people.get(id);
      if (person) people.set(id, { ...person, ...changes });
    },
    list: () => [...people.values()],
  };
}
