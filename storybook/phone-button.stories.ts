import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, within } from 'storybook/test';
import { texts } from '../components/phone-button/texts.js';
import { Failure, type FailureKind, failureText } from '../ports/failure.js';
import { everyFailure } from './every-failure.js';
import { fakeAuth, lin } from './fake-auth.js';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { type FakePhone, fakePhone } from './phone-button/fake-phone.js';
import template from './phone-button/page.wxml';
import { showPage } from './show-page.js';
import { clearStage } from './stage.js';
import { staysPut } from './stays-put.js';

interface Args {
  /** The flow as it stands; `null`: the app did not call `createAuth`. */
  flow: FakePhone | null;
  mode: 'signIn' | 'update';
  disabled: boolean;
  accepted: boolean;
  /** What the page puts into the slot; empty: nothing. */
  label: string;
  /** Hears the button's events. */
  tell: (type: string, detail: unknown) => void;
}

const meta = {
  title: 'phone-button',
  args: { flow: fakePhone(), mode: 'signIn', disabled: false, accepted: true, label: '', tell: fn() },
  argTypes: { mode: { control: 'inline-radio', options: ['signIn', 'update'] } },
  parameters: { controls: { include: ['mode', 'disabled', 'label'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ flow, mode, disabled, accepted, label, tell }, { globals, loaded: { components } }) {
    const look = lookOf(globals);
    const auth = flow && fakeAuth({}, null, { phone: () => flow });
    const other = { zh: '用密码登录', en: 'Sign in by password' }[look.locale];
    return showPage({
      look,
      components,
      auth,
      title: { zh: '手机号', en: 'Phone number' },
      template,
      tell,
      data: { mode, disabled, accepted, other, labelled: label },
    });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Nothing was asked yet. A tap asks, by the host's own button. */
export const Inviting: Story = {
  args: { flow: fakePhone() },
  async play(context) {
    const { button, says } = see(context);
    await expect(button()).toHaveTextContent(says.signIn);
    await expect(button()).toHaveAttribute('open-type', 'getPhoneNumber');
    await userEvent.click(button());
    await expect(context.args.flow?.ask).toHaveBeenCalledOnce();
  },
};

export const Updating: Story = {
  args: { flow: fakePhone(), mode: 'update' },
  async play(context) {
    const { button, says } = see(context);
    await expect(button()).toHaveTextContent(says.update);
  },
};

/** The host's button needs a key first (G-03): a plain one stands in, and a tap on it asks for that. */
export const Preparing: Story = {
  args: { flow: fakePhone({ live: false }) },
  async play(context) {
    const { button, says, text } = see(context);
    await expect(button()).not.toHaveAttribute('open-type');
    const { offsetTop, offsetHeight } = button();
    await userEvent.click(button());
    await expect(context.args.flow?.want).toHaveBeenCalledOnce();
    await expect(button()).toHaveTextContent(says.busy);
    await expect(button()).toHaveAttribute('aria-busy', 'true');
    context.args.flow?.become({ live: true });
    await expect(text(says.again)).toBeVisible();
    await expect(button()).toHaveAttribute('open-type', 'getPhoneNumber');
    await expect(button()).toMatchObject({ offsetTop, offsetHeight });
  },
};

/** A tap came before the key: it is being made ready (G-03). */
export const Waiting: Story = {
  args: { flow: fakePhone({ live: false }) },
  async play(context) {
    const { button, says } = see(context);
    await userEvent.click(button());
    await expect(button()).toHaveTextContent(says.busy);
  },
};

/** The host's sheet is open. The button stays as it is, and may be tapped again (G-15). */
export const Asking: Story = {
  args: { flow: fakePhone({ state: 'asking', frozen: true }), disabled: true },
  async play(context) {
    const { button, says } = see(context);
    await expect(button()).toHaveTextContent(says.signIn);
    await expect(button()).toBeEnabled();
    await userEvent.click(button());
    await expect(context.args.flow?.ask).toHaveBeenCalledOnce();
  },
};

/** The answer is with the server: the button is neither gone nor disabled, and no finger reaches it (G-15). */
export const Exchanging: Story = {
  args: { flow: fakePhone({ state: 'signingIn', busy: true }) },
  async play(context) {
    const { button, says } = see(context);
    await expect(button()).toHaveTextContent(says.busy);
    await expect(button()).toHaveAttribute('aria-busy', 'true');
    await expect(button()).toBeEnabled();
    const { left, top, width, height } = button().getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    await expect(button().contains(hit)).toBe(false);
  },
};

/** The backend knows the number, and the page hears of it once. */
export const Succeeded: Story = {
  args: { flow: fakePhone() },
  async play(context) {
    const { button, says, told } = see(context);
    context.args.flow?.become({ state: 'signingIn', busy: true });
    context.args.flow?.become({ state: 'succeeded', busy: false, user: lin });
    await expect(button()).toHaveTextContent(says.succeeded);
    await expect(told('success')).toEqual([{ user: lin }]);
  },
};

/** The host's key was replaced (G-03, G-20). */
export const OnceMore: Story = {
  args: { flow: fakePhone({ state: 'wantingAnotherTap', failure: new Failure('key-stale') }) },
  async play(context) {
    const { button, says, text } = see(context);
    await expect(button()).toHaveTextContent(says.signIn);
    await expect(text(says.again)).toBeVisible();
  },
};

/** The person said no: a resting state, and another way in is offered (G-12). */
export const Denied: Story = {
  args: { flow: fakePhone() },
  async play(context) {
    const { button, says, hint, told, canvas } = see(context);
    await userEvent.click(button());
    const before = button().offsetTop;
    context.args.flow?.become({ state: 'denied', otherWay: true, failure: new Failure('denied') });
    await expect(button()).toHaveTextContent(says.retry);
    await expect(hint('denied')).toHaveAttribute('aria-live', 'polite');
    await expect(canvas.getByText(/密码|password/)).toBeVisible();
    await expect(told('denied')).toMatchObject([{ kind: 'denied' }]);
    await expect(told('failure')).toEqual([]);
    await expect(button().offsetTop).toBe(before);
  },
};

/** One story for each reason that the host or the server may have. */
function refused(state: string, kind: FailureKind, otherWay = false): Story {
  return {
    args: { flow: fakePhone({ state, otherWay, failure: new Failure(kind) }) },
    async play(context) {
      const { hint, canvas } = see(context);
      await expect(hint(kind)).toBeVisible();
      const other = canvas.getByText(/密码登录|by password/);
      await (otherWay ? expect(other).toBeVisible() : expect(other).not.toBeVisible());
    },
  };
}

export const PrivacyRefused: Story = refused('privacyRefused', 'privacy-refused', true);
/** A mistake of the app (G-13). */
export const PrivacyUndeclared: Story = refused('privacyUndeclared', 'privacy-undeclared', true);
export const QuotaExhausted: Story = refused('quotaExhausted', 'quota-exhausted', true);
export const NotPermitted: Story = refused('notPermitted', 'not-permitted', true);
export const NeedsVerification: Story = refused('needsVerification', 'needs-verification', true);
/** Nobody has this number, and no user was to be made (G-18). */
export const Unregistered: Story = refused('unregistered', 'unregistered', true);
export const AlreadySet: Story = refused('alreadySet', 'phone-already-set');
export const Taken: Story = refused('phoneTaken', 'phone-taken');
export const Conflicting: Story = refused('conflicting', 'account-conflict');
export const Offline: Story = refused('offline', 'offline');
export const TimedOut: Story = refused('timedOut', 'timeout');
export const Failed: Story = refused('failed', 'unavailable');

/** This host has no such button (W-17). */
export const Unsupported: Story = {
  args: { flow: fakePhone({ state: 'unsupported', live: false, otherWay: true }) },
  async play(context) {
    const { button, hint, told } = see(context);
    await expect(hint('unsupported')).toBeVisible();
    await userEvent.click(button());
    await expect(told('failure')).toMatchObject([{ kind: 'unsupported' }]);
  },
};

/** The terms come before the sheet: the plain button says so (G-16). */
export const TermsMissing: Story = {
  args: { flow: fakePhone({ live: false, termsMissing: true }), accepted: false },
  async play(context) {
    const { button, says, text, canvas } = see(context);
    await expect(button()).not.toHaveAttribute('open-type');
    await expect(canvas.queryByText(says.terms)).toBeNull();
    await userEvent.click(button());
    await expect(text(says.terms)).toBeVisible();
    await expect(context.args.flow?.ask).not.toHaveBeenCalled();
  },
};

export const Disabled: Story = {
  args: { flow: fakePhone(), disabled: true },
  async play(context) {
    const { button } = see(context);
    await expect(button()).toBeDisabled();
    await expect(button()).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(button(), { pointerEventsCheck: 0 });
    await expect(context.args.flow?.ask).not.toHaveBeenCalled();
  },
};

/** The page puts its own words into the slot. */
export const OwnLabel: Story = {
  args: { flow: fakePhone({ live: false }), label: '一键登录 · One tap' },
  async play(context) {
    const { button } = see(context);
    await expect(button()).toHaveTextContent('一键登录 · One tap');
    context.args.flow?.become({ live: true });
    await expect(button()).toHaveAttribute('open-type', 'getPhoneNumber');
    await expect(button()).toHaveTextContent('一键登录 · One tap');
  },
};

/** The app never called `createAuth`: a developer's mistake, and shown as one. */
export const NoAuth: Story = {
  args: { flow: null },
  async play(context) {
    const { button, hint, told } = see(context);
    await expect(hint('misconfigured')).toBeVisible();
    await userEvent.click(button());
    await expect(told('failure')).toMatchObject([{ kind: 'misconfigured' }]);
  },
};

/** The page is left: the flow is too, and the page is told nothing more (G-17). */
export const Left: Story = {
  tags: ['!dev'],
  args: { flow: fakePhone({ state: 'signingIn', busy: true }) },
  async play({ args, canvasElement }) {
    mocked(args.tell).mockClear();
    clearStage();
    await expect(args.flow?.leave).toHaveBeenCalledOnce();
    args.flow?.become({ state: 'succeeded', busy: false });
    await expect(args.tell).not.toHaveBeenCalled();
    await expect(canvasElement.querySelector('phone-button')).toBeNull();
  },
};

/** No state moves the layout, whatever the reason is, and whether another way in is offered. */
export const Steady: Story = {
  tags: ['!dev'],
  args: { flow: fakePhone() },
  async play({ args, canvasElement }) {
    const rest = { state: 'failed', busy: false, live: true };
    await staysPut(canvasElement, [
      () => args.flow?.become(rest),
      () => args.flow?.become({ live: false }),
      () => args.flow?.become({ live: true, state: 'signingIn', busy: true }),
      () => args.flow?.become({ state: 'succeeded', busy: false }),
      ...everyFailure.map((failure) => () => args.flow?.become({ ...rest, failure, otherWay: true })),
    ]);
  },
};

/** What a person at the phone sees, and what the page was told. */
function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const { locale } = lookOf(globals);
  const canvas = within(canvasElement);
  return {
    canvas,
    /** Looked for each time: the plain button and the host's own are two. */
    button: () => canvas.getByRole('button'),
    says: texts[locale],
    text: (text: string) => canvas.getByText(text),
    hint: (kind: FailureKind) => canvas.getByText(failureText(kind, locale)),
    told: (type: string) => mocked(args.tell).mock.calls.flatMap(([told, detail]) => (told === type ? [detail] : [])),
  };
}
