import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, waitFor, within } from 'storybook/test';
import { baidu } from '../adapters/baidu.js';
import { server } from '../adapters/server.js';
import { texts as agreementTexts } from '../components/agreement/texts.js';
import { texts as formTexts } from '../components/avatar-nickname/texts.js';
import { texts as linkTexts } from '../components/link-account/texts.js';
import { texts as loginTexts } from '../components/login-button/texts.js';
import { texts as phoneTexts } from '../components/phone-button/texts.js';
import { texts as profileTexts } from '../components/profile-button/texts.js';
import type { Auth } from '../machines/auth.js';
import { createAuth } from '../machines/create-auth.js';
import { Failure, type FailureKind, failureText, type Locale } from '../ports/failure.js';
import { createBaiduDevice, createWorld } from '../simulator/index.js';
import { fakeAuth, lin } from './fake-auth.js';
import { fakeLinking } from './link-account/fake-linking.js';
import { lookOf } from './look.js';
import { fakePhone } from './phone-button/fake-phone.js';
import { fakeForm, fakeProfile } from './profile/fake-profile.js';
import { shown } from './swan/mount.js';
import { loadSwanPackage } from './swan/package.js';
import { showSwanPage } from './swan/show-page.js';

interface Args {
  /** What the app made of `createAuth`; `null`: it did not call it. */
  auth: Auth | null;
  /** The page, as it lies in a `.swan`. */
  template: string;
  data: Record<string, unknown>;
  /** Hears the events of the components. */
  tell: (type: string, detail: unknown) => void;
}

/** The components as they are built for Baidu, run by San. Only what differs there, and their main states. */
const meta = {
  title: 'baidu',
  args: { auth: fakeAuth({}), template: '', data: {}, tell: fn() },
  parameters: { controls: { disable: true } },
  loaders: [async () => ({ files: await loadSwanPackage() })],
  render({ auth, template, data, tell }, { globals, loaded: { files } }) {
    const title = { zh: '登录', en: 'Sign in' };
    return showSwanPage({ look: lookOf(globals), files, auth, title, template, data, tell });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

const EVENTS = 'bind:success="tell" bind:failure="tell" bind:denied="tell" bind:change="tell"';
const LOGIN = `<login-button locale="{{locale}}" ${EVENTS} />`;
const PHONE = `<phone-button locale="{{locale}}" ${EVENTS} />`;
const PROFILE = `<profile-button locale="{{locale}}" desc="Test" ${EVENTS} />`;
const FORM = `<avatar-nickname locale="{{locale}}" ${EVENTS} />`;
const LINK = `<link-account locale="{{locale}}" ${EVENTS} />`;
const AGREEMENT = `<agreement locale="{{locale}}" accepted="{{accepted}}" missing="{{missing}}" ${EVENTS} />`;
const GATE = `
  <auth-gate>
    <view>Orders</view>
    <view slot="fallback">Please sign in</view>
    <view slot="pending">One moment</view>
  </auth-gate>`;
const SHEET = `<sign-in-sheet locale="{{locale}}" open by="{{by}}" terms="{{terms}}" ${EVENTS} />`;

const POPUP = `<view>{{locale === 'zh' ? says.zh : says.en}}</view><privacy-popup locale="{{locale}}" ${EVENTS} />`;

const noGuide = {
  zh: '百度没有需要用户同意的隐私保护指引,所以隐私弹窗不会出现。',
  en: 'Baidu has no privacy guide to consent to, so the privacy popup never shows.',
};

/** Baidu by its own adapter, which says whether a call is ever held back until somebody consents. */
const itself = { platform: onBaidu(), backend: server({ baseUrl: 'https://api.example.com' }) };

const signedOut = new Failure('host-signed-out');

/** Nobody is signed in. A tap signs in, in Baidu's blue. */
export const LoginSignedOut: Story = {
  args: { auth: fakeAuth({}), template: LOGIN },
  async play(context) {
    await shown();
    const { button, locale, told } = see(context);
    await expect(button()).toHaveTextContent(loginTexts[locale].signIn);
    await expect(button()).toHaveStyle({ backgroundColor: 'rgb(51, 136, 255)' });
    await userEvent.click(button());
    await waitFor(() => expect(told('success')).toEqual([{ user: lin }]));
  },
};

export const LoginSigningIn: Story = {
  args: { auth: fakeAuth({ status: 'signingIn', busy: true }), template: LOGIN },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(loginTexts[locale].signingIn);
    await expect(button()).toHaveAttribute('aria-busy', 'true');
  },
};

export const LoginSignedIn: Story = {
  args: { auth: fakeAuth({ status: 'signedIn', user: lin }), template: LOGIN },
  async play(context) {
    await shown();
    await expect(see(context).button()).toHaveTextContent('林小满');
  },
};

export const LoginFailed: Story = {
  args: { auth: fakeAuth({ failure: new Failure('unavailable') }, 'unavailable'), template: LOGIN },
  async play(context) {
    await shown();
    const { button, hint, locale } = see(context);
    await expect(button()).toHaveTextContent(loginTexts[locale].retry);
    await expect(hint('unavailable')).toBeVisible();
  },
};

/** Nobody is signed in to Baidu: the button is Baidu's own login button, and the tap is Baidu's to answer (B-01). */
export const LoginHostSignedOut: Story = {
  args: { auth: fakeAuth({ failure: signedOut }), template: LOGIN },
  async play(context) {
    await shown();
    const { button, hint, told } = see(context);
    await expect(hint('host-signed-out')).toBeVisible();
    await expect(button()).toHaveAttribute('open-type', 'login');
    await userEvent.click(button());
    await expect(context.args.auth?.ensure).not.toHaveBeenCalled();
    tellLogin(button());
    await waitFor(() => expect(told('success')).toEqual([{ user: lin }]));
  },
};

/** The number is asked for by the host's own button (B-06). */
export const PhoneInviting: Story = {
  args: { auth: withPhone({}), template: PHONE },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(phoneTexts[locale].signIn);
    await expect(button()).toHaveAttribute('open-type', 'getPhoneNumber');
    await expect(button()).not.toHaveAttribute('phone-number-no-quota-toast');
  },
};

export const PhoneBusy: Story = {
  args: { auth: withPhone({ state: 'exchanging', busy: true }), template: PHONE },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(phoneTexts[locale].busy);
  },
};

export const PhoneDenied: Story = {
  args: { auth: withPhone({ state: 'denied', otherWay: true, failure: new Failure('denied') }), template: PHONE },
  async play(context) {
    await shown();
    const { button, hint, locale } = see(context);
    await expect(button()).toHaveTextContent(phoneTexts[locale].retry);
    await expect(hint('denied')).toBeVisible();
  },
};

export const PhoneSucceeded: Story = {
  args: { auth: withPhone({ state: 'succeeded', user: lin }), template: PHONE },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(phoneTexts[locale].succeeded);
  },
};

/** No code can be taken where nobody is signed in to Baidu (B-01): first that, then one more tap for the number. */
export const PhoneHostSignedOut: Story = {
  args: { auth: withPhone({ live: false, failure: signedOut }), template: PHONE },
  async play(context) {
    await shown();
    const { button, hint, locale } = see(context);
    await expect(hint('host-signed-out')).toBeVisible();
    await expect(button()).toHaveAttribute('open-type', 'login');
    tellLogin(button());
    await waitFor(() => expect(button()).toHaveTextContent(phoneTexts[locale].busy));
  },
};

/** There is no form in between: Baidu's own button asks (B-05). */
export const ProfileInviting: Story = {
  args: { auth: withProfile({ by: 'hostButton' }), template: PROFILE },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(profileTexts[locale].ask);
    await expect(button()).toHaveAttribute('open-type', 'getUserInfo');
  },
};

export const ProfileSaving: Story = {
  args: { auth: withProfile({ by: 'hostButton', state: 'saving', busy: true }), template: PROFILE },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(profileTexts[locale].busy);
  },
};

/** A refusal, also as Baidu's mock user (B-05). */
export const ProfileDenied: Story = {
  args: {
    auth: withProfile({ by: 'hostButton', state: 'denied', otherWay: true, failure: new Failure('denied') }),
    template: PROFILE,
  },
  async play(context) {
    await shown();
    const { hint, locale } = see(context);
    await expect(hint('denied')).toBeVisible();
    await expect(within(context.canvasElement).getByText(profileTexts[locale].fillIn)).toBeVisible();
  },
};

export const ProfileSaved: Story = {
  args: { auth: withProfile({ by: 'hostButton', state: 'saved', user: lin }), template: PROFILE },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(profileTexts[locale].saved);
  },
};

export const ProfileHostSignedOut: Story = {
  args: { auth: withProfile({ by: 'hostButton', failure: signedOut }), template: PROFILE },
  async play(context) {
    await shown();
    const { button, hint, locale } = see(context);
    await expect(hint('host-signed-out')).toBeVisible();
    await expect(button()).toHaveAttribute('open-type', 'login');
    tellLogin(button());
    await waitFor(() => expect(button()).toHaveAttribute('open-type', 'getUserInfo'));
    await expect(within(context.canvasElement).getByText(profileTexts[locale].again)).toBeVisible();
  },
};

/** No picture can be chosen here: the form asks for the name alone (B-06). */
export const FormOpen: Story = {
  args: { auth: fakeAuth({ user: lin }, lin, { profile: () => fakeForm() }), template: FORM },
  async play(context) {
    await shown();
    const { button, locale } = see(context);
    await expect(button()).toHaveTextContent(formTexts[locale].submit);
    await expect(within(context.canvasElement).getByRole('textbox')).toHaveValue('林小满');
  },
};

export const FormFailed: Story = {
  args: {
    auth: fakeAuth({}, lin, { profile: () => fakeForm({ failure: new Failure('offline') }) }),
    template: FORM,
  },
  async play(context) {
    await shown();
    await expect(see(context).hint('offline')).toBeVisible();
  },
};

export const LinkForm: Story = {
  args: { auth: withLinking({}), template: LINK },
  async play(context) {
    await shown();
    const { locale } = see(context);
    await expect(within(context.canvasElement).getByText(linkTexts[locale].registerTitle)).toBeVisible();
  },
};

export const LinkHostSignedOut: Story = {
  args: { auth: withLinking({ state: 'unlinked', failure: signedOut }), template: LINK },
  async play(context) {
    await shown();
    const { button, hint } = see(context);
    await expect(hint('host-signed-out')).toBeVisible();
    await expect(button()).toHaveAttribute('open-type', 'login');
  },
};

export const LinkDone: Story = {
  args: { auth: withLinking({ state: 'linked', user: lin }, lin), template: LINK },
  async play(context) {
    await shown();
    const { locale } = see(context);
    await expect(within(context.canvasElement).getByText(linkTexts[locale].linked)).toBeVisible();
  },
};

export const AgreementMissing: Story = {
  args: { template: AGREEMENT, data: { accepted: false, missing: true } },
  async play(context) {
    await shown();
    const { locale, told } = see(context);
    const box = within(context.canvasElement).getByRole('checkbox');
    await expect(box).toHaveAttribute('aria-checked', 'false');
    await expect(box).toHaveTextContent(agreementTexts[locale].accept);
    await userEvent.click(box);
    await expect(told('change')).toEqual([{ accepted: true }]);
  },
};

export const GateFallback: Story = {
  args: { auth: fakeAuth({}), template: GATE },
  async play({ canvasElement }) {
    await shown();
    await expect(within(canvasElement).getByText('Please sign in')).toBeVisible();
  },
};

export const GateContent: Story = {
  args: { auth: fakeAuth({ status: 'signedIn', user: lin }), template: GATE },
  async play({ canvasElement }) {
    await shown();
    await expect(within(canvasElement).getByText('Orders')).toBeVisible();
    await expect(within(canvasElement).queryByText('Please sign in')).toBeNull();
  },
};

export const SheetOpen: Story = {
  args: { auth: withPhone({}), template: SHEET, data: { by: 'phone silent', terms: true } },
  async play({ canvasElement }) {
    await shown();
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getByRole('dialog')).toBeVisible());
    await expect(canvas.getByRole('checkbox')).toBeVisible();
  },
};

/** The sheet's silent way leads through Baidu's login button too (B-01). */
export const SheetHostSignedOut: Story = {
  args: { auth: fakeAuth({ failure: signedOut }), template: SHEET, data: { by: 'silent', terms: false } },
  async play(context) {
    await shown();
    await waitFor(() => expect(see(context).hint('host-signed-out')).toBeVisible());
    await expect(context.canvasElement.querySelector('login-button button')).toHaveAttribute('open-type', 'login');
  },
};

/** Baidu asks for no consent to a privacy guide (W-16): also where an app claims the asking, nobody is asked. */
export const PrivacyNeverAsked: Story = {
  args: { auth: createAuth(itself), template: POPUP, data: { says: noGuide } },
  async play(context) {
    await shown();
    const { auth } = context.args;
    const { locale, told } = see(context);
    const canvas = within(context.canvasElement);
    await expect(canvas.getByText(noGuide[locale])).toBeVisible();
    createAuth({ ...itself, ownPrivacyPopup: true });
    await expect(auth?.privacy.getSnapshot()).toMatchObject({ isAsking: false });
    await shown();
    const popup = context.canvasElement.querySelector('privacy-popup');
    await expect(popup).toBeInTheDocument();
    await expect(popup).toHaveTextContent(/^$/);
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(told('change')).toEqual([]);
  },
};

function onBaidu() {
  const app = { appKey: 'baidu-story-key', appSecret: 'baidu-story-secret' };
  const world = createWorld();
  world.addBaiduApp(app);
  const person = world.addPerson({ nickname: '林小满' });
  const { swan } = createBaiduDevice({ cloud: world.baidu, appKey: app.appKey, person });
  return baidu({ swan });
}

function withPhone(snapshot: Parameters<typeof fakePhone>[0]): Auth {
  return fakeAuth({}, null, { phone: () => fakePhone(snapshot) });
}

function withProfile(snapshot: Parameters<typeof fakeProfile>[0]): Auth {
  return fakeAuth({}, lin, { profile: () => fakeProfile(snapshot) });
}

function withLinking(snapshot: Parameters<typeof fakeLinking>[0], user: typeof lin | null = null): Auth {
  return fakeAuth({ user }, lin, { linking: () => fakeLinking(snapshot) });
}

/** What Baidu's login button tells once its panel is closed. */
function tellLogin(button: HTMLElement): void {
  button.dispatchEvent(new CustomEvent('login', { detail: { errMsg: 'login:ok' } }));
}

/** What a person at the phone sees, and what the page was told. */
function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const locale: Locale = lookOf(globals).locale;
  const canvas = within(canvasElement);
  return {
    locale,
    button: () => {
      const button = canvasElement.querySelector('.mini-program button');
      if (!(button instanceof HTMLElement)) throw new Error('There is no button.');
      return button;
    },
    hint: (kind: FailureKind) => canvas.getByText(failureText(kind, locale)),
    told: (type: string) => mocked(args.tell).mock.calls.flatMap(([told, detail]) => (told === type ? [detail] : [])),
  };
}
