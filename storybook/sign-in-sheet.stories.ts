import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, waitFor, within } from 'storybook/test';
import { texts as agreement } from '../components/agreement/texts.js';
import { texts as form } from '../components/avatar-nickname/texts.js';
import { texts as linking } from '../components/link-account/texts.js';
import { texts as login } from '../components/login-button/texts.js';
import { texts as phone } from '../components/phone-button/texts.js';
import { texts } from '../components/sign-in-sheet/texts.js';
import { Failure, type FailureKind, failureText } from '../ports/failure.js';
import { lin } from './fake-auth.js';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { picture } from './profile/fake-profile.js';
import { showPage } from './show-page.js';
import { type FakeApp, fakeApp } from './sign-in-sheet/fake-app.js';
import template from './sign-in-sheet/page.wxml';
import style from './sign-in-sheet/page.wxss?raw';

interface Args {
  /** The app; `null`: it did not call `createAuth`. */
  app: FakeApp | null;
  open: boolean;
  /** The ways in, the first way first. */
  by: string;
  terms: boolean;
  accepted: boolean;
  link: boolean;
  profile: boolean;
  done: boolean;
  closable: boolean;
  disabled: boolean;
  /** Whether the page puts its own title and way in there. */
  own: boolean;
  /** Hears the sheet's events. */
  tell: (type: string, detail: unknown) => void;
}

const words = {
  zh: {
    book: '《看不见的森林》',
    terms: '《用户协议》《隐私政策》',
    welcome: '欢迎来到林间书店',
    ownWay: '本店会员登录',
    help: '登录遇到问题?',
  },
  en: {
    book: 'The Forest Unseen',
    terms: 'Terms · Privacy',
    welcome: 'Welcome to Forest Books',
    ownWay: 'Members sign in here',
    help: 'Trouble signing in?',
  },
};

const meta = {
  title: 'sign-in-sheet',
  args: {
    app: fakeApp(),
    open: true,
    by: 'phone silent',
    terms: false,
    accepted: false,
    link: false,
    profile: false,
    done: false,
    closable: true,
    disabled: false,
    own: false,
    tell: fn(),
  },
  parameters: { controls: { exclude: ['app', 'tell'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ app, tell, ...data }, { globals, loaded: { components } }) {
    const look = lookOf(globals);
    return showPage({
      look,
      components,
      auth: app?.auth ?? null,
      title: { zh: '林间书店', en: 'Forest Books' },
      template,
      style,
      tell,
      data: { ...data, says: words[look.locale] },
    });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

const stranger = { live: false, termsMissing: true };
const nameless = { ...lin, nickname: null };
const named = { ...lin, avatarUrl: picture };

/** Nobody is signed in: the host's own button asks for the number. */
export const SigningIn: Story = {
  name: 'Sign in',
  args: { app: fakeApp() },
  async play(context) {
    const { dialog, says, told, part } = see(context);
    await expect(dialog()).toHaveAccessibleName(says.signInTitle);
    await expect(dialog()).toHaveAttribute('aria-modal', 'true');
    await userEvent.click(part(phone, 'signIn'));
    await expect(context.args.app?.phone.ask).toHaveBeenCalledOnce();
    await expect(told('change')).toEqual([{ step: 'signIn' }]);
  },
};

/** The sheet lies on the lower edge of the phone, over the whole width. */
export const InItsPlace: Story = {
  tags: ['!dev'],
  args: { app: fakeApp() },
  async play(context) {
    const { dialog, screen } = see(context);
    await waitFor(() => {
      const panel = dialog().getBoundingClientRect();
      expect([panel.left, panel.width, panel.bottom]).toEqual([screen().left, screen().width, screen().bottom]);
    });
  },
};

/** No number is asked for. */
export const Silent: Story = {
  args: { app: fakeApp({ silent: lin }), by: 'silent' },
  async play(context) {
    const { canvas, part, locale } = see(context);
    await expect(canvas.queryByRole('button', { name: phone[locale].signIn })).toBeNull();
    await userEvent.click(part(login, 'signIn'));
    await expect(context.args.app?.auth.ensure).toHaveBeenCalledOnce();
  },
};

/** The terms come first; once they are accepted the host's button stands there (G-16). */
export const Terms: Story = {
  args: { app: fakeApp({ phone: stranger }), terms: true },
  async play(context) {
    const { canvas, part } = see(context);
    await userEvent.click(canvas.getByRole('checkbox'));
    await expect(canvas.getByRole('checkbox')).toBeChecked();
    await expect(context.args.app?.phone.acceptTerms).toHaveBeenLastCalledWith(true);
    context.args.app?.phone.become({ live: true, termsMissing: false });
    await expect(part(phone, 'signIn')).toHaveAttribute('open-type', 'getPhoneNumber');
  },
};

/** Somebody wanted to go on without accepting. It is said once, and nothing moves. */
export const TermsMissing: Story = {
  args: { app: fakeApp({ phone: stranger }), terms: true },
  async play(context) {
    const { canvas, part, locale, settle } = see(context);
    await settle();
    const { top } = part(phone, 'signIn').getBoundingClientRect();
    await userEvent.click(part(phone, 'signIn'));
    const said = canvas.getAllByText(agreement[locale].missing.replace(/\.$/, ''), { exact: false });
    await expect(said.filter((element) => getComputedStyle(element).visibility !== 'hidden')).toHaveLength(1);
    await expect(part(phone, 'signIn').getBoundingClientRect().top).toBe(top);
    await expect(context.args.app?.phone.ask).not.toHaveBeenCalled();
  },
};

/** The person said no: another way in is offered, where its room was kept (G-12). */
export const Denied: Story = {
  args: { app: fakeApp({ silent: lin }) },
  async play(context) {
    const { says, told, dialog, settle, part } = see(context);
    await settle();
    const { top } = dialog().getBoundingClientRect();
    await userEvent.click(part(phone, 'signIn'));
    context.args.app?.phone.become({ state: 'denied', otherWay: true, failure: new Failure('denied') });
    await expect(told('denied')).toMatchObject([{ kind: 'denied' }]);
    await expect(dialog().getBoundingClientRect().top).toBe(top);
    await userEvent.click(within(dialog()).getByRole('button', { name: says.silent }));
    await expect(context.args.app?.auth.ensure).toHaveBeenCalledOnce();
  },
};

/** All three ways: the password is offered from the start. */
export const AllWays: Story = {
  args: {
    app: fakeApp({ phone: { state: 'quotaExhausted', otherWay: true } }),
    by: 'phone silent password',
    link: true,
    terms: true,
    accepted: true,
  },
  async play(context) {
    const { app } = context.args;
    const { button, says, hint, part } = see(context);
    await expect(button(says.password)).toBeVisible();
    await userEvent.click(part(phone, 'signIn'));
    app?.phone.become({ state: 'asking', frozen: true });
    app?.phone.become({ state: 'quotaExhausted', frozen: false, failure: new Failure('quota-exhausted') });
    await expect(hint('quota-exhausted')).toBeVisible();
    await expect(button(says.silent)).toBeVisible();
  },
};

/** The answer is with the server. */
export const Exchanging: Story = {
  args: { app: fakeApp({ phone: { state: 'signingIn', busy: true } }) },
  async play(context) {
    await expect(see(context).part(phone, 'busy')).toHaveAttribute('aria-busy', 'true');
  },
};

/** Closed while the host's sheet is open: out of sight, the button stays until it was answered (G-15, G-17). */
export const ClosedMidway: Story = {
  args: { app: fakeApp({ phone: { state: 'asking', frozen: true } }) },
  async play(context) {
    const { app } = context.args;
    const { canvas, says, told, hidden } = see(context);
    await userEvent.click(canvas.getByRole('button', { name: says.close }));
    await expect(told('close')).toEqual([{ reason: 'button' }]);
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
    await expect(hidden()).toBeInTheDocument();
    app?.become({ status: 'signedIn', user: lin });
    app?.phone.become({ state: 'succeeded', frozen: false, user: lin });
    await expect(hidden()).toBeNull();
    await expect(told('success')).toEqual([{ user: lin }]);
  },
};

/** Nobody has this number, and there is a step for it (G-18). */
export const Unregistered: Story = {
  args: { app: fakeApp(), link: true },
  async play(context) {
    const { app } = context.args;
    const { button, text, told, says, part } = see(context);
    await userEvent.click(part(phone, 'signIn'));
    app?.phone.become({ state: 'unregistered', otherWay: true, failure: new Failure('unregistered') });
    await expect(text(linking, 'registerTitle')).toBeVisible();
    await expect(told('failure')).toEqual([]);
    await expect(told('change')).toEqual([{ step: 'signIn' }, { step: 'link' }]);
    await expect(button(says.back)).toBeVisible();
  },
};

/** Whoever has a password goes straight to it, and back. */
export const ByPassword: Story = {
  args: { app: fakeApp(), by: 'phone password', link: true },
  async play(context) {
    const { button, text, says, dialog, canvas } = see(context);
    await userEvent.click(button(says.password));
    await expect(text(linking, 'signInTitle')).toBeVisible();
    await expect(dialog()).toHaveAccessibleName(says.linkTitle);
    await userEvent.click(button(says.back));
    await expect(canvas.queryByRole('textbox')).toBeNull();
    await userEvent.click(button(says.password));
    await expect(text(linking, 'signInTitle')).toBeVisible();
  },
};

/** Signed in by a password, and the host account is another user's: one may go on without it (G-19). */
export const LinkedElsewhere: Story = {
  args: {
    app: fakeApp({ linking: { state: 'linkedElsewhere', failure: new Failure('linked-elsewhere') } }),
    by: 'password',
    link: true,
    done: true,
  },
  async play(context) {
    const { app } = context.args;
    const { button, says, told, dialog } = see(context);
    await userEvent.click(button(says.password));
    app?.become({ status: 'signedIn', user: lin });
    await userEvent.click(button(says.skipLink));
    await expect(dialog()).toHaveAccessibleName(says.doneTitle);
    await expect(told('success')).toEqual([{ user: lin }]);
  },
};

/** Signed in, without a picture or a name. */
export const Profile: Story = {
  args: { app: fakeApp({ auth: { status: 'signedIn', user: nameless } }), profile: true },
  async play(context) {
    const { button, part, dialog, says, told } = see(context);
    await expect(dialog()).toHaveAccessibleName(says.profileTitle);
    await expect(part(form, 'choose')).toHaveAttribute('open-type', 'chooseAvatar');
    await expect(button(says.skipProfile)).toBeVisible();
    await expect(told('success')).toEqual([]);
  },
};

/** It may be left out. */
export const ProfileSkipped: Story = {
  tags: ['!dev'],
  args: { app: fakeApp({ auth: { status: 'signedIn', user: nameless } }), profile: true },
  async play(context) {
    const { button, says, told, canvas } = see(context);
    await userEvent.click(button(says.skipProfile));
    await expect(told('success')).toEqual([{ user: nameless }]);
    await expect(told('close')).toEqual([{ reason: 'done' }]);
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};

/** What was filled in is being saved: the way out of it is gone, and nothing moves. */
export const SavingTheProfile: Story = {
  args: {
    app: fakeApp({ auth: { status: 'signedIn', user: nameless }, form: { avatar: picture } }),
    profile: true,
  },
  async play(context) {
    const { app } = context.args;
    const { canvas, dialog, says, told, settle, part } = see(context);
    await settle();
    const { top } = dialog().getBoundingClientRect();
    app?.form.become({ state: 'savingForm', busy: true });
    await expect(part(form, 'busy')).toHaveAttribute('aria-busy', 'true');
    await expect(canvas.queryByRole('button', { name: says.skipProfile })).toBeNull();
    await expect(dialog().getBoundingClientRect().top).toBe(top);
    await expect(told('success')).toEqual([]);
  },
};

/** A last word, where the page wants one. */
export const Done: Story = {
  args: { app: fakeApp({ auth: { status: 'signedIn', user: nameless } }), profile: true, done: true },
  async play(context) {
    const { app } = context.args;
    const { button, dialog, says, told, canvas } = see(context);
    app?.form.become({ state: 'savingForm', busy: true });
    app?.become({ user: named });
    app?.form.become({ state: 'saved', busy: false, user: named });
    await expect(dialog()).toHaveAccessibleName(says.doneTitle);
    await expect(told('success')).toEqual([{ user: named }]);
    await expect(button(says.finish)).toBeVisible();
    await expect(canvas.queryByRole('textbox')).toBeNull();
  },
};

export const Finished: Story = {
  tags: ['!dev'],
  args: { app: fakeApp({ auth: { status: 'signedIn', user: nameless } }), profile: true, done: true },
  async play(context) {
    const { button, says, told, canvas } = see(context);
    await userEvent.click(button(says.skipProfile));
    await userEvent.click(button(says.finish));
    await expect(told('close')).toEqual([{ reason: 'done' }]);
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};

/** Whoever is signed in, with a picture and a name, is asked nothing and sees nothing. */
export const NothingToAsk: Story = {
  args: { app: fakeApp({ auth: { status: 'signedIn', user: named } }), profile: true, done: true },
  async play(context) {
    const { canvas, told } = see(context);
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(told('success')).toEqual([{ user: named }]);
    await expect(told('close')).toEqual([{ reason: 'done' }]);
  },
};

/** There is no way around it: neither a button nor the mask closes it. */
export const NotClosable: Story = {
  args: { app: fakeApp(), closable: false },
  async play(context) {
    const { canvas, says, told, mask } = see(context);
    await expect(canvas.queryByRole('button', { name: says.close })).toBeNull();
    await userEvent.click(mask());
    await expect(told('close')).toEqual([]);
    await expect(canvas.getByRole('dialog')).toBeVisible();
  },
};

/** A tap beside the sheet closes it. */
export const ClosedByTheMask: Story = {
  tags: ['!dev'],
  args: { app: fakeApp() },
  async play(context) {
    const { canvas, told, mask } = see(context);
    await userEvent.click(mask());
    await expect(told('close')).toEqual([{ reason: 'mask' }]);
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};

export const Closed: Story = {
  args: { app: fakeApp(), open: false },
  async play(context) {
    const { canvas, told } = see(context);
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(told('change')).toEqual([]);
  },
};

export const Disabled: Story = {
  args: { app: fakeApp({ phone: stranger }), by: 'phone password', terms: true, disabled: true },
  async play(context) {
    const { canvas, button, says, part } = see(context);
    await expect(part(phone, 'signIn')).toBeDisabled();
    await expect(button(says.password)).toBeDisabled();
    await expect(canvas.getByRole('checkbox')).toBeDisabled();
    await expect(button(says.close)).toBeEnabled();
  },
};

/** The page brings a title, a way in and a word of help of its own; the sheet goes on once somebody is signed in. */
export const OwnParts: Story = {
  args: { app: fakeApp(), own: true, profile: true },
  async play(context) {
    const { dialog, says, locale, told } = see(context);
    await expect(dialog()).toHaveTextContent(words[locale].welcome + words[locale].ownWay + words[locale].help);
    await expect(within(dialog()).queryByText(says.signInTitle)).toBeNull();
    context.args.app?.become({ status: 'signedIn', user: nameless });
    await expect(told('change')).toEqual([{ step: 'signIn' }, { step: 'profile' }]);
  },
};

/** The app never called `createAuth`: a developer's mistake, and shown as one. */
export const NoAuth: Story = {
  args: { app: null },
  async play(context) {
    const { hint, told, part } = see(context);
    await expect(hint('misconfigured')).toBeVisible();
    await userEvent.click(part(phone, 'retry'));
    await expect(told('failure')).toMatchObject([{ kind: 'misconfigured' }]);
  },
};

type Texts<Name extends string> = Record<'zh' | 'en', Record<Name, string>>;

function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const { locale } = lookOf(globals);
  const canvas = within(canvasElement);
  const find = (selector: string) => canvasElement.querySelector(selector);
  const found = (selector: string) => {
    const element = find(selector);
    if (!element) throw new Error(`${selector} is not there`);
    return element;
  };
  return {
    canvas,
    locale,
    says: texts[locale],
    dialog: () => canvas.getByRole('dialog'),
    screen: () => found('.phone-screen').getBoundingClientRect(),
    mask: () => found('[class*="denglu-sheet-mask"]'),
    /** The sheet, out of sight. */
    hidden: () => find('[class*="denglu-sheet--kept"]'),
    /** Once the sheet has come up. */
    settle: () => Promise.all(canvasElement.getAnimations({ subtree: true }).map(({ finished }) => finished)),
    button: (name: string) => canvas.getByRole('button', { name }),
    /** A button of a part, by the name of its text. */
    part: <Name extends string>(of: Texts<Name>, name: Name) => canvas.getByRole('button', { name: of[locale][name] }),
    text: <Name extends string>(of: Texts<Name>, name: Name) => canvas.getByText(of[locale][name]),
    hint: (kind: FailureKind) => canvas.getByText(failureText(kind, locale)),
    told: (type: string) => mocked(args.tell).mock.calls.flatMap(([told, detail]) => (told === type ? [detail] : [])),
  };
}
