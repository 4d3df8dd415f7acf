import './page.css';
import type { Locale } from '../../ports/failure.js';
import { isLogOfOtherVersion, readLog, writeLog } from '../log-file.js';
import { element } from '../view/element.js';
import { viewSpeaker } from '../view/texts.js';
import type { KnownDevice } from '../wire.js';
import { createDevices } from './devices.js';
import { readFile, saveFile } from './files.js';
import { createLayouts } from './layouts.js';
import { nobodyYet } from './nobody.js';
import { createPairing } from './pairing.js';
import type { Place } from './place.js';
import { createSession, type Session } from './session.js';
import { speaker } from './texts.js';
import { type WatchStatus, watchDevices } from './watcher.js';

let locale: Locale = navigator.language.startsWith('zh') ? 'zh' : 'en';
let say = speaker(locale);
let status: WatchStatus = 'connecting';
let chosen: string | null = null;
let filesOpened = 0;
let stopWatching = () => {};
/** What the page has to say of the last thing that was asked of it. */
let told = '';
let tone: 'good' | 'partly' | 'bad' = 'good';
/** The one that the page was opened with. */
let token = '';
const places = new Map<string, Place>();
/** Runs that were closed on this page: the command may still know them. */
const closed = new Set<string>();
const layOut = createLayouts();
/** What is shown while there is no device, and in which words: what is marked to be copied stays marked. */
let nobody: { readonly words: string; readonly element: HTMLElement } | null = null;

/** One that stays: what is put into it is read out. */
const toldLine = element('p', { class: 'told', 'aria-live': 'polite' });
const title = element('h1', {});
const statusLine = element('span', { role: 'status' });
const openButton = button(() => picker.click());
const saveButton = button(save);
const replayButton = button(replayChosen);
const languageButton = button(turnLanguage);
const header = element('header', {}, title, statusLine, toldLine, openButton, saveButton, replayButton, languageButton);
const devices = createDevices({
  pick(run) {
    chosen = run;
    show();
  },
  close,
});
const pairing = createPairing((given) => {
  location.hash = encodeURIComponent(given);
});
const stage = element('main', { class: 'stage' });
const picker = element('input', { type: 'file', accept: '.json,application/json', hidden: '' });
document.body.append(header, devices.element, stage, picker);

function placeOf(run: string, { name, host }: Pick<Place, 'name' | 'host'>, connected: boolean | null): Place {
  const known = places.get(run);
  if (known) return known;
  const place: Place = {
    name,
    host,
    connected,
    skipped: 0,
    since: Date.now(),
    session: createSession(viewSpeaker(locale), layOut),
  };
  places.set(run, place);
  chosen ??= run;
  return place;
}

function sessionOf(run: string): Session {
  return placeOf(run, { name: run, host: '' }, false).session;
}

function takeDevices(known: readonly KnownDevice[]): void {
  const followed = chosen === null ? undefined : places.get(chosen);
  for (const device of known) {
    if (device.connected) closed.delete(device.run);
    if (closed.has(device.run)) continue;
    const isNew = !places.has(device.run);
    const place = placeOf(device.run, device, device.connected);
    place.connected = device.connected;
    place.skipped = device.skipped;
    place.since = device.since;
    // An app that was loaded anew goes on in another run.
    const goesOn = followed && followed.connected === false && followed.name === device.name;
    if (isNew && device.connected && (goesOn || isReplaced(followed, device, known))) chosen = device.run;
  }
  for (const [run, place] of places) {
    if (place.connected !== null) place.connected = known.find((device) => device.run === run)?.connected ?? false;
  }
  show();
}

/** Whether the run that is looked at has just given way to another of the same device. */
function isReplaced(followed: Place | undefined, { name, host }: KnownDevice, known: readonly KnownDevice[]): boolean {
  if (!followed?.connected || followed.name !== name || followed.host !== host) return false;
  return known.some((device) => !device.connected && places.get(device.run) === followed);
}

function close(run: string): void {
  places.delete(run);
  closed.add(run);
  if (chosen === run) chosen = [...places.keys()].at(-1) ?? null;
  show();
}

function watch(): void {
  stopWatching();
  token = tokenIn(location.hash);
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
    chart(run, chart) {
      if (!closed.has(run)) sessionOf(run).learn(chart);
    },
    records(run, records) {
      if (!closed.has(run)) sessionOf(run).take(records);
    },
  });
}

/** @returns empty where there is none, or what no link of the command's can be */
function tokenIn(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return '';
  }
}

function button(press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' });
  made.addEventListener('click', press);
  return made;
}

/** All stays where it is, and only says something else: the keyboard is at some of it. */
function show(): void {
  document.documentElement.lang = locale;
  document.title = say('title');
  const place = chosen === null ? undefined : places.get(chosen);
  toldLine.className = `told told-${tone}`;
  toldLine.title = told;
  statusLine.className = `status status-${status}`;
  const texts = [
    [title, say('title')],
    [statusLine, statusText()],
    [toldLine, told],
    [openButton, say('open')],
    [saveButton, say('save')],
    [replayButton, say('replay')],
    [languageButton, say('language')],
  ] as const;
  for (const [part, text] of texts) if (part.textContent !== text) part.textContent = text;
  saveButton.disabled = place === undefined;
  replayButton.disabled = place === undefined;
  devices.show({ places, chosen, locale, say });
  const shown = stageOf(place);
  // What stays where it is keeps its place in the scroll.
  const isSame = shown.length === stage.childElementCount && shown.every((one, index) => one === stage.children[index]);
  if (!isSame) stage.replaceChildren(...shown);
}

function stageOf(place: Place | undefined): readonly HTMLElement[] {
  const isUnpaired = status === 'token';
  if (isUnpaired) pairing.show(say, location.hash.length > 1);
  const form = isUnpaired ? [pairing.element] : [];
  if (place) return [...form, place.session.element];
  if (isUnpaired) return form;
  const words = `${locale} ${token}`;
  // A link may hold any text for a token: it is shown once the command has taken it.
  if (nobody?.words !== words && status !== 'connected') return [];
  if (nobody?.words !== words) nobody = { words, element: nobodyYet(say, { host: location.host, token }) };
  return [nobody.element];
}

function statusText(): string {
  if (status === 'token') return location.hash.length > 1 ? say('wrongToken') : '';
  return status === 'protocol' ? say('otherVersion') : say(status);
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
      ? say(skipped.length === 0 ? 'same' : 'sameInPart')
          .replace('{steps}', String(steps))
          .replace('{flows}', String(flows))
      : `${say('differs')} ${differences.map(({ actor, event }) => `${actor} ${event}`).join(', ')}`;
  tone = differences.length > 0 ? 'bad' : skipped.length > 0 ? 'partly' : 'good';
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
  if (log) {
    told = log.odd > 0 ? `${log.odd} ${say('odd')}` : '';
    tone = 'partly';
    filesOpened += 1;
    const run = `file ${filesOpened}`;
    const { session } = placeOf(run, { name: log.name || file.name, host: '' }, null);
    for (const chart of log.charts) session.learn(chart);
    session.take(log.records);
    chosen = run;
  } else {
    told = say(text !== null && isLogOfOtherVersion(text) ? 'otherLog' : 'noLog');
    tone = 'bad';
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
