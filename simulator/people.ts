/** Somebody with a phone. */
export interface Person {
  readonly id: string;
  readonly nickname: string;
}

export type NewPerson = Omit<Person, 'id'>;

export interface People {
  add(person: NewPerson): Person;
  has(id: string): boolean;
  list(): readonly Person[];
}

export function createPeople(): People {
  const people = new Map<string, Person>();
  return {
    add(newPerson) {
      const person: Person = { id: `person-${people.size + 1}`, ...newPerson };
      people.set(person.id, person);
      return person;
    },
    has: (id) => people.has(id),
    list: () => [...people.values()],
  };
}
