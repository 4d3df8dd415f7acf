import type { Locale } from '../../ports/failure.js';
import { element } from '../view/element.js';
import { groupsOf, type Place, type Run } from './place.js';
import type { Say } from './texts.js';

/** How the list of devices looks now. */
export interface DevicesLook {
  readonly places: ReadonlyMap<string, Place>;
  readonly chosen: string | null;
  readonly locale: Locale;
  readonly say: Say;
}

export interface Devices {
  readonly element: HTMLElement;
  show(look: DevicesLook): void;
}

/** What is pressed in the list of devices. */
export interface DevicesPressed {
  pick(run: string): void;
  close(run: string): void;
}

/** The list of devices. What is the same device stays the same tile, so that whoever is at it with the keyboard stays there. */
export function createDevices(pressed: DevicesPressed): Devices {
  const list = element('nav', { class: 'devices' });
  const tiles = new Map<string, Tile>();
  return {
    element: list,
    show(look) {
      list.setAttribute('aria-label', look.say('devices'));
      const groups = groupsOf(look.places);
      const at = [...tiles].findIndex(([, tile]) => tile.element.contains(document.activeElement));
      for (const [key, tile] of tiles) {
        if (groups.has(key)) continue;
        tile.element.remove();
        tiles.delete(key);
      }
      for (const [key, runs] of groups) {
        const tile = tiles.get(key) ?? createTile(pressed);
        tiles.set(key, tile);
        tile.show(runs, look);
        if (tile.element.parentElement !== list) list.append(tile.element);
      }
      // Where the tile is gone that the keyboard was at, it goes on at the next.
      if (at < 0 || list.contains(document.activeElement)) return;
      ([...tiles.values()][at] ?? [...tiles.values()].at(-1))?.focus();
    },
  };
}

interface Tile {
  readonly element: HTMLElement;
  show(runs: readonly Run[], look: DevicesLook): void;
  focus(): void;
}

/** Shows the run of a device that is looked at, or its newest; the others can be picked. */
function createTile({ pick, close }: DevicesPressed): Tile {
  const name = element('span', {});
  const state = element('small', {});
  const device = element('button', { type: 'button' }, name, state);
  const picker = element('select', {});
  const closer = element('button', { type: 'button' }, '✕');
  const tile = element('div', { class: 'device-tile' }, device);
  let shown = '';
  device.addEventListener('click', () => pick(shown));
  picker.addEventListener('change', () => pick(picker.value));
  closer.addEventListener('click', () => close(shown));

  return {
    element: tile,
    focus: () => device.focus(),
    show(runs, { chosen, locale, say }) {
      const [run, place] = runs.find(([run]) => run === chosen) ?? runs.at(-1) ?? [];
      if (run === undefined || !place) return;
      const isHere = tile.contains(document.activeElement);
      shown = run;
      const { connected, host, since, skipped } = place;
      const is = connected === null ? 'file' : connected ? 'online' : 'offline';
      const odd = skipped > 0 ? `${skipped} ${say('odd')}` : '';
      device.className = `device device-${is}`;
      device.setAttribute('aria-pressed', String(run === chosen));
      setText(name, place.name);
      setText(state, [host, say(is), timeOf(since, locale), odd].filter(Boolean).join(' · '));
      picker.setAttribute('aria-label', say('earlier'));
      fill(picker, runs, locale);
      picker.value = run;
      closer.setAttribute('aria-label', `${say('close')} ${place.name}`);
      keep(picker, runs.length > 1, () => device.after(picker));
      keep(closer, !connected, () => tile.append(closer));
      // What was pressed is gone: the keyboard goes on beside it.
      if (isHere && !tile.contains(document.activeElement)) device.focus();
    },
  };
}

function keep(part: HTMLElement, isThere: boolean, put: () => void): void {
  if (!isThere) part.remove();
  else if (!part.isConnected) put();
}

function fill(picker: HTMLSelectElement, runs: readonly Run[], locale: Locale): void {
  const options = runs.map(([run, { since, connected }]) => ({
    run,
    text: `${timeOf(since, locale)}${connected ? ' ●' : ''}`,
  }));
  options.reverse().forEach(({ run, text }, index) => {
    const option = picker.options[index] ?? element('option');
    if (!option.parentElement) picker.append(option);
    option.value = run;
    setText(option, text);
  });
  while (picker.options.length > options.length) picker.lastElementChild?.remove();
}

function setText(part: HTMLElement, text: string): void {
  if (part.textContent !== text) part.textContent = text;
}

function timeOf(since: number, locale: Locale): string {
  return new Date(since).toLocaleTimeString(locale, { hour12: false });
}
