import { isWayProperty, type Property } from './property.js';
import type { Place, Space } from './space.js';

/** The nearest state that a way property is concerned with, and from which there is no way. */
export interface DeadEnd {
  readonly property: string;
  readonly place: Place;
}

/** What has no way to where it has to lead. A state whose moves have not all been tried may have one. */
export function deadEnds(space: Space, properties: readonly Property[]): DeadEnd[] {
  const before = reversed(space);
  return properties.filter(isWayProperty).flatMap((property, index): DeadEnd[] => {
    const arrived = new Set<Place>();
    for (const place of space.places.values()) if (place.marks[index]?.to || place.untried > 0) arrived.add(place);
    for (const place of arrived) {
      for (const { from, move } of before.get(place) ?? []) {
        const way = from.ways.get(move);
        if (way && property.by(way.kind)) arrived.add(from);
      }
    }
    let nearest: Place | null = null;
    for (const place of space.places.values()) {
      if (!place.marks[index]?.from || arrived.has(place)) continue;
      if (!nearest || place.distance < nearest.distance) nearest = place;
    }
    return nearest ? [{ property: property.name, place: nearest }] : [];
  });
}

function reversed(space: Space): Map<Place, { from: Place; move: string }[]> {
  const before = new Map<Place, { from: Place; move: string }[]>();
  for (const from of space.places.values()) {
    for (const [move, way] of from.ways) {
      if (!way?.to) continue;
      const entries = before.get(way.to);
      if (entries) entries.push({ from, move });
      else before.set(way.to, [{ from, move }]);
    }
  }
  return before;
}
