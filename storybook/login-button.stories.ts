import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, waitFor, within } from 'storybook/test';
import { texts } from '../components/login-button/texts.js';
import type { Auth, AuthSnapshot } from '../machines/auth.js';
import { register } from '../machines/registry.js';
import { Failure, type FailureKind, failureText } from '../ports/failure.js';
import { everyFailure } from './every-failure.js';
import { fakeAuth, lin } from './fake-auth.js';
import template from './login-button/page.wxml';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { showPage } from './show-page.js';
import { clearStage } from './stage.js';
import { staysPut } from './stays-put.js';

interface Args {
  /** What the app made of `createAuth`; `null`: it did not call it. */
  auth: Auth | null;
  accepted: boolean;
  disabled: boolean;
  createUser: boolean;
  /** What the page puts into the slot; empty: nothing. */
  label: string;
  /** Hears the button's events. */
  tell: (type: string, detail: unknown) => void;
}

const meta = {
  title: 'login-button',
  args: { auth: fakeAuth({}), accepted: true, disabled: false, createUser: true, label: '', tell: fn() },
  parameters: { controls: { include: ['disabled', 'createUser', 'label'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ auth, accepted, disabled, createUser, label, tell }, { globals, loaded: { components } }) {
    const look = lookOf(globals);
    const title = { zh: '登录', en: 'Sign in' };
    return showPage({
      look,
      components,
      auth,
      title,
      template,
      tell,
      data: { accepted, disabled, createUser, labelled: label },
    });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

const MARKUP = '<img src=x onerror=alert(1)> {{label}} 很长很长很长很长的昵称';

/** Nobody is signed in. A tap signs in, and the page hears of it once. */
export const SignedOut: Story = {
  args: { auth: fakeAuth({ status: 'signedOut' }) },
  async play(context) {
    const { button, says, told } = see(context);
    await expect(button).toHaveTextContent(says.signIn);
    await expect(button).not.toHaveAttribute('aria-busy');
    await userEvent.click(button);
    await expect(context.args.auth?.ensure).toHaveBeenCalledWith({ createUser: true, withUnionId: undefined });
    await expect(told('success')).toEqual([{ user: lin }]);
    await expect(told('failure')).toEqual([]);
  },
};

/** The stored session is being read or checked. */
export const Restoring: Story = {
  args: { auth: fakeAuth({ status: 'restoring', busy: true }, null) },
  async play(context) {
    await expect(see(context).button).toHaveAttribute('aria-busy', 'true');
  },
};

/** A sign-in is under way. The button stays usable (G-15): taps ask for the same, and it is told once. */
export const SigningIn: Story = {
  args: { auth: fakeAuth({ status: 'signingIn', busy: true }) },
  async play(context) {
    const { button, says, told } = see(context);
    await expect(button).toHaveTextContent(says.signingIn);
    await expect(button).toHaveAttribute('aria-busy', 'true');
    await expect(button).toBeEnabled();
    button.click();
    button.click();
    await waitFor(() => expect(told('success')).toEqual([{ user: lin }]));
  },
};

/** The terms come first: a tap says so, and asks nobody (G-16). */
export const TermsMissing: Story = {
  args: { auth: fakeAuth({ status: 'signedOut' }), accepted: false },
  async play(context) {
    const { button, says } = see(context);
    const canvas = within(context.canvasElement);
    const { offsetTop } = button;
    await expect(canvas.queryByText(says.terms)).toBeNull();
    await userEvent.click(button);
    await expect(canvas.getByText(says.terms)).toBeVisible();
    await expect(context.args.auth?.ensure).not.toHaveBeenCalled();
    await expect(button.offsetTop).toBe(offsetTop);
  },
};

/** Hosts tell no name at a silent login (W-08). */
export const SignedIn: Story = {
  args: { auth: fakeAuth({ status: 'signedIn', user: { ...lin, nickname: null } }) },
  async play(context) {
    const { button, says } = see(context);
    await expect(button).toHaveTextContent(says.signedIn);
  },
};

export const SignedInByName: Story = {
  args: { auth: fakeAuth({ status: 'signedIn', user: lin }) },
  async play(context) {
    const { button } = see(context);
    await expect(button).toHaveTextContent('林小满');
    await expect(button).toHaveAccessibleName('林小满');
  },
};

/** A name is text, whatever it looks like, and a long one is cut short. */
export const SignedInAsMarkup: Story = {
  args: { auth: fakeAuth({ status: 'signedIn', user: { ...lin, nickname: MARKUP } }) },
  async play(context) {
    const { button } = see(context);
    await expect(button).toHaveTextContent(MARKUP);
    await expect(context.canvasElement.querySelector('img')).toBeNull();
    await expect(button.scrollWidth).toBeLessThanOrEqual(button.offsetWidth);
  },
};

/** The session is renewed in silence: the user sees nothing of it. */
export const Renewing: Story = {
  args: { auth: fakeAuth({ status: 'renewing', busy: true, user: lin }) },
  async play(context) {
    const { button } = see(context);
    await expect(button).toHaveTextContent('林小满');
    await expect(button).not.toHaveAttribute('aria-busy');
  },
};

/** The renewal failed for now. The user is known, and the next tap tries again. */
export const Expired: Story = {
  args: { auth: fakeAuth({ status: 'expired', user: lin, failure: new Failure('unavailable') }) },
  async play(context) {
    const { button } = see(context);
    await expect(button).toHaveTextContent('林小满');
    await userEvent.click(button);
    await expect(context.args.auth?.ensure).toHaveBeenCalledOnce();
  },
};

/** Signed out here already; the server is being told. */
export const SigningOut: Story = {
  args: { auth: fakeAuth({ status: 'signingOut', busy: true }) },
  async play(context) {
    const { button, says } = see(context);
    await expect(button).toHaveTextContent(says.signingOut);
  },
};

/** The host account is known, but has no user, and none is to be made (G-18). */
export const Unregistered: Story = {
  args: { auth: fakeAuth({ failure: new Failure('unregistered') }, 'unregistered'), createUser: false },
  async play(context) {
    const { button, says, hint, told } = see(context);
    await expect(button).toHaveTextContent(says.signIn);
    await expect(hint('unregistered')).toBeVisible();
    await userEvent.click(button);
    await expect(context.args.auth?.ensure).toHaveBeenCalledWith({ createUser: false, withUnionId: undefined });
    await expect(told('failure')).toMatchObject([{ kind: 'unregistered' }]);
  },
};

export const Offline: Story = {
  args: { auth: fakeAuth({ status: 'offline', failure: new Failure('offline') }, 'offline') },
  async play(context) {
    const { button, says, hint, told } = see(context);
    await expect(button).toHaveTextContent(says.retry);
    await expect(hint('offline')).toBeVisible();
    await userEvent.click(button);
    await expect(told('failure')).toMatchObject([{ kind: 'offline' }]);
  },
};

export const Failed: Story = {
  args: { auth: fakeAuth({ failure: new Failure('unavailable') }, 'unavailable') },
  async play(context) {
    const { button, says, hint, told } = see(context);
    await expect(button).toHaveTextContent(says.retry);
    await expect(hint('unavailable')).toHaveAttribute('aria-live', 'polite');
    await userEvent.click(button);
    await expect(told('failure')).toMatchObject([{ kind: 'unavailable' }]);
    await expect(told('success')).toEqual([]);
  },
};

/** The host blocks this user. */
export const Blocked: Story = {
  args: { auth: fakeAuth({ failure: new Failure('account-blocked') }, 'account-blocked') },
  async play(context) {
    await expect(see(context).hint('account-blocked')).toBeVisible();
  },
};

export const Disabled: Story = {
  args: { auth: fakeAuth({}), disabled: true },
  async play(context) {
    const { button } = see(context);
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(button, { pointerEventsCheck: 0 });
    await expect(context.args.auth?.ensure).not.toHaveBeenCalled();
  },
};

/** The page puts its own words into the slot. */
export const OwnLabel: Story = {
  args: { auth: fakeAuth({}), label: '一键登录 · One tap' },
  async play(context) {
    const { button, told } = see(context);
    await expect(button).toHaveTextContent('一键登录 · One tap');
    await userEvent.click(within(button).getByText('一键登录 · One tap'));
    await expect(told('success')).toHaveLength(1);
  },
};

/** The app never called `createAuth`: a developer's mistake, and shown as one. */
export const NoAuth: Story = {
  args: { auth: null },
  async play(context) {
    const { button, hint, told } = see(context);
    await expect(hint('misconfigured')).toBeVisible();
    await userEvent.click(button);
    await expect(told('failure')).toMatchObject([{ kind: 'misconfigured' }]);
  },
};

/** The keyboard taps as well. */
export const ByKeyboard: Story = {
  tags: ['!dev'],
  args: { auth: fakeAuth({}) },
  async play(context) {
    await userEvent.tab();
    await expect(see(context).button).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect(context.args.auth?.ensure).toHaveBeenCalledOnce();
  },
};

/** The page is left while the sign-in is under way: it is told nothing more, and nothing breaks (G-17). */
export const LeftMeanwhile: Story = {
  tags: ['!dev'],
  args: { auth: fakeAuth({}) },
  async play(context) {
    const { button, told } = see(context);
    button.click();
    clearStage();
    await context.args.auth?.ensure();
    await expect(told('success')).toEqual([]);
    await expect(context.canvasElement.querySelector('login-button')).toBeNull();
  },
};

/** No state moves the layout, whatever the reason is. */
export const Steady: Story = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    const phases: Partial<AuthSnapshot>[] = [
      {},
      { status: 'signingIn', busy: true },
      { status: 'signedIn', user: lin },
      ...everyFailure.map((failure) => ({ failure })),
    ];
    await staysPut(
      canvasElement,
      phases.map((phase) => () => register(wx, fakeAuth(phase))),
    );
  },
};

/** What a person at the phone sees, and what the page was told. */
function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const { locale } = lookOf(globals);
  const canvas = within(canvasElement);
  return {
    button: canvas.getByRole('button'),
    says: texts[locale],
    hint: (kind: FailureKind) => canvas.getByText(failureText(kind, locale)),
    told: (type: string) => mocked(args.tell).mock.calls.flatMap(([told, detail]) => (told === type ? [detail] : [])),
  };
}
