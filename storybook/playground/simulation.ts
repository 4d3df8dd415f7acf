import type { InspectionEvent } from 'xstate';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { storedSession } from '../../machines/stored-session.js';
import { createWechatDevice, type NicknameReview, type WechatDevice } from '../../simulator/index.js';
import type { Look } from '../look.js';
import type { ComponentSource } from '../mini-program/components.js';
import type { Phone } from '../phone/phone.js';
import { platforms } from '../phone/platforms.js';
import { type App, launch } from './app.js';
import type { Demo } from './demo.js';
import {
  type HostCall,
  type HostFault,
  hostCalls,
  hostFaults,
  type OpenApiFaultName,
  openApiFaults,
  type PhoneRuleName,
  phoneRules,
} from './faults.js';
import { fingerOn } from './finger.js';
import { ages, type PhoneKind } from './kinds.js';
import { sheetView } from './sheets-view.js';
import type { Surroundings } from './surroundings.js';
import { speaker } from './texts.js';

/** The app on somebody's phone, and all that may be done to it from outside. */
export interface Simulation {
  readonly kind: PhoneKind;
  readonly online: boolean;
  readonly createUser: boolean;

  setLook(look: Look): void;
  setCreateUser(createUser: boolean): void;
  /** Another phone takes the place of this one: another person's, or of another sort. */
  usePhone(change: Partial<PhoneKind>): void;
  /** The same, as it comes from the shop: nothing is stored, and nothing was agreed to. */
  useNewPhone(): void;
  restart(): void;
  hide(): void;
  show(): void;
  setOnline(online: boolean): void;
  failHost(api: HostCall, fault: HostFault): void;
  /** Lets the host calls that hang answer after all. */
  releaseHanging(): void;
  /** What the host will think of nicknames (W-12). */
  reviewNicknames(review: NicknameReview): void;

  expireHostSession(): Promise<void>;
  /** As the cloud has it, which outlives this page and may have other pages. */
  isBlocked(): Promise<boolean>;
  setBlocked(blocked: boolean): Promise<void>;
  failOpenApi(fault: OpenApiFaultName): Promise<void>;
  /** Whether the app may ask for phone numbers (W-14, W-15). */
  rulePhones(rule: PhoneRuleName): Promise<void>;
  /** Ends the session on the server behind the app's back. Answers whether there was one. */
  revokeToken(): Promise<boolean>;

  release(): void;
}

export interface SimulationOptions {
  demo: Demo;
  surroundings: Surroundings;
  components: readonly ComponentSource[];
  phone: Phone;
  look: Look;
  inspect: (event: InspectionEvent) => void;
  /** As `AppOptions.tell`. */
  tell: (component: string, event: string, failure: string | null) => void;
}

export function simulate({ demo, surroundings, components, phone, ...options }: SimulationOptions): Simulation {
  const { cloud, appId, people, gallery, serverUrl, fetch } = surroundings;
  const { inspect, tell } = options;
  const devices = new Map<string, WechatDevice>();
  let { look } = options;
  let createUser = true;
  let nicknameReview: NicknameReview = 'pass';
  let chosen = gallery.own;
  let kind: PhoneKind = {
    personId: people[0]?.id ?? '',
    platform: look.platform,
    age: demo.age ?? 'modern',
  };
  let device = deviceOf(kind);
  let app = start();

  function deviceOf({ personId, platform, age }: PhoneKind): WechatDevice {
    const key = [personId, platform, age].join(' ');
    const known = devices.get(key);
    if (known) return known;
    const made = createWechatDevice({
      cloud,
      appId,
      person: { id: personId },
      fetch,
      latency: 150,
      system: platforms[platform].system,
      privacyAgreed: demo.ownPrivacyPopup !== true,
      ...ages[age],
    });
    made.onSheetsChanged(() => made === device && drawSheets());
    devices.set(key, made);
    return made;
  }

  function start(): App {
    const finger = fingerOn({ device, gallery, nicknameReview: () => nicknameReview, chosen: () => chosen });
    const { wx } = device;
    const { locale } = look;
    return launch({ demo, wx, finger, screen: phone.screen, components, serverUrl, locale, createUser, inspect, tell });
  }

  function drawSheets(): void {
    const person = people.find(({ id }) => id === kind.personId);
    const sheets = person ? device.sheets : [];
    phone.above.replaceChildren(
      ...sheets.flatMap((sheet) => {
        if (!person) return [];
        return sheetView(sheet, {
          person,
          gallery,
          say: speaker(look.locale),
          choose(picture) {
            chosen = picture;
          },
          useOtherNumber: () => cloud.setPhoneNumber(person.id, OTHER_NUMBER),
        });
      }),
    );
  }

  /** Ends the app, and starts it where `change` has left the phone. */
  function anew(change: () => void): void {
    app.kill();
    change();
    app = start();
    drawSheets();
  }

  return {
    get kind() {
      return kind;
    },
    get online() {
      return device.online;
    },
    get createUser() {
      return createUser;
    },

    setLook(next) {
      look = next;
      if (next.platform !== kind.platform) this.usePhone({ platform: next.platform });
      else app.setLocale(next.locale);
      drawSheets();
    },
    setCreateUser(next) {
      createUser = next;
      app.setCreateUser(next);
    },
    usePhone: (change) =>
      anew(() => {
        kind = { ...kind, ...change };
        device = deviceOf(kind);
      }),
    useNewPhone: () =>
      anew(() => {
        devices.clear();
        device = deviceOf(kind);
      }),
    restart: () => anew(() => device.restart()),
    hide: () => device.hide(),
    show: () => device.show(),
    setOnline: (online) => (online ? device.goOnline() : device.goOffline()),
    failHost: (api, fault) => device.faults.next(api, hostFaults[fault](api)),
    releaseHanging() {
      for (const api of hostCalls) for (const call of device.pending(api)) call.release();
    },
    reviewNicknames(review) {
      nicknameReview = review;
    },

    expireHostSession: () => cloud.expireSession({ appId, personId: kind.personId }),
    isBlocked: async () => (await cloud.blockedPeople()).includes(kind.personId),
    setBlocked: (block) => (block ? cloud.block(kind.personId) : cloud.unblock(kind.personId)),
    failOpenApi: (fault) => cloud.failOpenApi(openApiFaults[fault]),
    async rulePhones(rule) {
      const { restriction, quota } = phoneRules[rule];
      await cloud.setPhoneQuota(appId, quota);
      if (restriction === null) await cloud.lift(appId, 'getPhoneNumber');
      else await cloud.restrict(appId, 'getPhoneNumber', restriction);
    },
    async revokeToken() {
      const platform = wechat({ wx: device.wx });
      const { name } = server({ baseUrl: serverUrl })(platform);
      const session = storedSession.read(platform.storage, name);
      if (!session) return false;
      const headers = { authorization: `Bearer ${session.token.reveal()}` };
      await fetch(`${serverUrl}/api/auth/denglu/sign-out`, { method: 'POST', headers });
      return true;
    },

    release() {
      app.kill();
      phone.above.replaceChildren();
    },
  };
}

/** Nobody's: the ranges of real ones begin otherwise. */
const OTHER_NUMBER = '10000000002';
