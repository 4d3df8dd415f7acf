import './page.css';
import type { Locale } from '../../ports/failure.js';
import { readLog, writeLog } from '../log-file.js';
import { element } from '../view/element.js';
import { viewSpeaker } from '../view/texts.js';
import type { KnownDevice } from '../wire.js';
import { readFile, saveFile } from './files.js';
import { createLayouts } from './layouts.js';
import { pairingForm } from './pairing.js';
import { createSession, type Session } from './session.js';
import { speaker } from './texts.js';
import { type WatchStatus, watchDevices } from './watcher.js';

/** A run in the list of devices. */
interface Place {
  readonly name: string;
  readonly host: string;
  /** `null`: from a file. */
  connected: boolean | null;
  /** How much of what it told was not understood. */
  skipped: number;
  readonly session: Session;
}

let locale: Locale = navigator.language.startsWith('zh') ? 'zh' : 'en';
let say = speaker(locale);
let status: WatchStatus = 'connecting';
let chosen: string | null = null;
let filesOpened = 0;
let stopWatching = () => {};
/** What the page has to say of the last thing that was asked of it. */
let told = '';
const places = new Map<string, Place>();
const layOut = createLayouts();

const header = element('header', {});
const devices = element('nav', { class: 'devices' });
const stage = element('main', { class: 'stage' });
const picker = element('input', { type: 'file', accept: '.json,application/json', hidden: '' });
document.body.append(header, devices, stage, picker);

function placeOf(run: string, { name, host }: Pick<Place, 'name' | 'host'>, connected: boolean | null): Place {
  const known = places.get(run);
  if (known) return known;
  const place: Place = { name, host, connected, skipped: 0, session: createSession(viewSpeaker(locale), layOut) };
  places.set(run, place);
  chosen ??= run;
  return place;
}

function sessionOf(run: string): Session {
  return placeOf(run, { name: run, host: '' }, false).session;
}

function takeDevices(known: readonly KnownDevice[]): void {
  for (const device of known) {
    const place = placeOf(device.run, device, device.connected);
    place.connected = device.connected;
    place.skipped = device.skipped;
  }
  for (const [run, place] of places) {
    if (place.connected !== null) place.connected = known.find((device) => device.run === run)?.connected ?? false;
  }
  show();
}

function watch(): void {
  stopWatching();
  const token = decodeURIComponent(location.hash.slice(1));
  if (token === '') {
    status = 'token';
    show();
    return;
  }
  const have = () => Object.fromEntries([...places].map(([run, { session }]) => [run, session.seq]));
  stopWatching = watchDevices(token, have, {
    status(next) {
      if (status === next) return;
      status = next;
      show();
    },
    devices: takeDevices,
    chart: (run, chart) => sessionOf(run).learn(chart),
    records: (run, records) => sessionOf(run).take(records),
  });
}

function button(text: string, press: () => void, isEnabled = true): HTMLButtonElement {
  const made = element('button', { type: 'button', ...(!isEnabled && { disabled: '' }) }, text);
  made.addEventListener('click', press);
  return made;
}

function show(): void {
  document.documentElement.lang = locale;
  document.title = say('title');
  const place = chosen === null ? undefined : places.get(chosen);
  header.replaceChildren(
    element('h1', {}, say('title')),
    element('span', { class: `status status-${status}`, role: 'status' }, statusText()),
    element('p', { class: 'told', 'aria-live': 'polite' }, told),
    button(say('open'), () => picker.click()),
    button(say('save'), save, place !== undefined),
    button(say('replay'), replayChosen, place !== undefined),
    button(say('language'), turnLanguage),
  );
  devices.setAttribute('aria-label', say('devices'));
  devices.replaceChildren(...[...places].map(([run, other]) => deviceButton(run, other)));
  const shown = stageOf(place);
  // What stays where it is keeps its place in the scroll.
  const isSame = shown.length === stage.childElementCount && shown.every((one, index) => one === stage.children[index]);
  if (!isSame) stage.replaceChildren(...shown);
}

function stageOf(place: Place | undefined): readonly HTMLElement[] {
  const isUnpaired = status === 'token';
  const form = isUnpaired
    ? [
        pairingForm(say, location.hash.length > 1, (token) => {
          location.hash = encodeURIComponent(token);
        }),
      ]
    : [];
  if (place) return [...form, place.session.element];
  return isUnpaired ? form : [element('p', { class: 'nobody' }, say('noDevice'))];
}

function statusText(): string {
  if (status === 'token') return location.hash.length > 1 ? say('wrongToken') : '';
  return status === 'protocol' ? say('otherVersion') : say(status);
}

function deviceButton(run: string, { name, host, connected, skipped }: Place): HTMLElement {
  const state = connected === null ? 'file' : connected ? 'online' : 'offline';
  const made = button(name, () => {
    chosen = run;
    show();
  });
  made.className = `device device-${state}`;
  made.setAttribute('aria-pressed', String(run === chosen));
  made.append(
    element('small', {}, [host, say(state), skipped > 0 ? `${skipped} ${say('odd')}` : ''].filter(Boolean).join(' · ')),
  );
  return made;
}

function save(): void {
  const place = chosen === null ? undefined : places.get(chosen);
  if (place) saveFile(`denglu-${place.name.replace(/[^\w-]+/g, '_')}.json`, writeLog(place.session.log(place.name)));
}

function replayChosen(): void {
  const place = chosen === null ? undefined : places.get(chosen);
  if (!place) return;
  const { steps, flows, differences, skipped } = place.session.replay();
  const outcome =
    differences.length === 0
      ? `${say('same')} ${steps}, ${flows}`
      : `${say('differs')} ${differences.map(({ actor, event }) => `${actor} ${event}`).join(', ')}`;
  told = [outcome, ...(skipped.length > 0 ? [`${say('skipped')} ${skipped.join(', ')}`] : [])].join(' · ');
  show();
}

function turnLanguage(): void {
  locale = locale === 'zh' ? 'en' : 'zh';
  say = speaker(locale);
  told = '';
  for (const { session } of places.values()) session.speak(viewSpeaker(locale));
  show();
}

async function openFile(file: File): Promise<void> {
  const text = await readFile(file);
  const log = text === null ? null : readLog(text);
  told = log ? '' : say('noLog');
  if (log) {
    filesOpened += 1;
    const run = `file ${filesOpened}`;
    const { session } = placeOf(run, { name: log.name || file.name, host: '' }, null);
    for (const chart of log.charts) session.learn(chart);
    session.take(log.records);
    chosen = run;
  }
  show();
}

picker.addEventListener('change', () => {
  const [file] = picker.files ?? [];
  picker.value = '';
  if (file) void openFile(file);
});
addEventListener('hashchange', watch);
show();
watch();
