import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, within } from 'storybook/test';
import { texts } from '../components/link-account/texts.js';
import { Failure, type FailureKind, failureText } from '../ports/failure.js';
import { everyFailure } from './every-failure.js';
import { fakeAuth, lin } from './fake-auth.js';
import { type FakeLinking, fakeLinking } from './link-account/fake-linking.js';
import template from './link-account/page.wxml';
import style from './link-account/page.wxss?raw';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { showPage } from './show-page.js';
import { staysPut } from './stays-put.js';

interface Args {
  /** Where the flow stands; `null`: the app has made no auth. */
  flow: FakeLinking | null;
  mode: 'register' | 'signIn';
  by: string;
  disabled: boolean;
  /** Hears the component's events. */
  tell: (type: string, detail: unknown) => void;
}

const meta = {
  title: 'link-account',
  args: { flow: fakeLinking({}), mode: 'register', by: '', disabled: false, tell: fn() },
  argTypes: {
    mode: { control: 'inline-radio', options: ['register', 'signIn'] },
    by: { control: 'inline-radio', options: ['', 'username', 'email', 'phone'] },
  },
  parameters: { controls: { include: ['mode', 'by', 'disabled'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ flow, mode, by, disabled, tell }, { globals, loaded: { components } }) {
    const phase = flow?.getSnapshot().user ? ({ status: 'signedIn', user: lin } as const) : {};
    const auth = flow && fakeAuth(phase, null, { linking: () => flow });
    const title = { zh: '账号', en: 'Account' };
    const data = { mode, by, disabled };
    return showPage({ look: lookOf(globals), components, auth, title, template, style, tell, data });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

const password = 'correct horse battery';

/** A stranger registers. What is typed is unseen where it is a password, and goes to the flow alone (G-23). */
export const Registering: Story = {
  name: 'Register',
  args: { flow: fakeLinking({}) },
  async play(context) {
    const { field, button, says, args, canvasElement } = see(context);
    await userEvent.type(field(says.anyName), 'ming@example.com');
    await userEvent.type(field(says.password), password);
    await expect(field(says.password)).toHaveAttribute('type', 'password');
    await userEvent.click(button(says.register));
    await expect(args.flow?.register).toHaveBeenCalledWith({ email: 'ming@example.com', password });
    await expect(canvasElement.innerHTML).not.toContain(password);
    await expect(args.tell).not.toHaveBeenCalled();
  },
};

/** Whoever has an account signs in to it. The form keeps what was typed when it is changed. */
export const SigningIn: Story = {
  name: 'Sign in',
  args: { flow: fakeLinking({}), mode: 'signIn' },
  async play(context) {
    const { field, button, says, args } = see(context);
    await userEvent.type(field(says.anyName), 'xiaoming');
    await userEvent.click(button(says.toRegister));
    await userEvent.click(button(says.toSignIn));
    await userEvent.type(field(says.password), `${password}{Enter}`);
    await expect(args.flow?.signIn).toHaveBeenCalledWith({ username: 'xiaoming', password });
  },
};

/** Nothing is sent, and the hint does not move what is below. */
export const Incomplete: Story = {
  args: { flow: fakeLinking({}) },
  async play(context) {
    const { canvas, button, says, args } = see(context);
    const { top } = button(says.toSignIn).getBoundingClientRect();
    await userEvent.click(button(says.register));
    await expect(canvas.getByText(says.incomplete)).toBeVisible();
    await expect(button(says.toSignIn).getBoundingClientRect().top).toBe(top);
    await expect(args.flow?.register).not.toHaveBeenCalled();
  },
};

export const ByPhone: Story = {
  args: { flow: fakeLinking({}), by: 'phone' },
  async play(context) {
    const { field, says } = see(context);
    await expect(field(says.phone)).toBeVisible();
  },
};

/** The server is asked. The form stays where it is (G-15), and one may end the wait (G-09). */
export const Busy: Story = {
  args: { flow: fakeLinking({ state: 'registering', busy: true }) },
  async play(context) {
    const { button, says, args } = see(context);
    await expect(button(says.busy)).toHaveAttribute('aria-busy', 'true');
    await userEvent.click(button(says.busy));
    await expect(args.flow?.register).not.toHaveBeenCalled();
    await userEvent.click(button(says.cancel));
    await expect(args.flow?.cancel).toHaveBeenCalledOnce();
  },
};

export const NameTaken: Story = {
  args: { flow: fakeLinking({ state: 'nameTaken', failure: new Failure('name-taken') }) },
  async play(context) {
    await expect(see(context).hint('name-taken')).toBeVisible();
  },
};

export const PhoneTaken: Story = {
  args: { flow: fakeLinking({ state: 'phoneTaken', failure: new Failure('phone-taken') }) },
  async play(context) {
    await expect(see(context).hint('phone-taken')).toBeVisible();
  },
};

export const PasswordWrong: Story = {
  args: { flow: fakeLinking({ state: 'passwordWrong', failure: new Failure('password-wrong') }), mode: 'signIn' },
  async play(context) {
    await expect(see(context).hint('password-wrong')).toHaveAttribute('aria-live', 'polite');
  },
};

export const PasswordTooWeak: Story = {
  args: { flow: fakeLinking({ state: 'passwordTooWeak', failure: new Failure('password-too-weak') }) },
  async play(context) {
    await expect(see(context).hint('password-too-weak')).toBeVisible();
  },
};

export const Failed: Story = {
  args: { flow: fakeLinking({ state: 'failed', failure: new Failure('offline') }) },
  async play(context) {
    await expect(see(context).hint('offline')).toBeVisible();
  },
};

/** Somebody is signed in: no password is needed to link. */
export const Unlinked: Story = {
  args: { flow: fakeLinking({ state: 'unlinked' }) },
  async play(context) {
    const { canvas, button, says, args } = see(context);
    await expect(canvas.queryByRole('textbox')).toBeNull();
    await userEvent.click(button(says.link));
    await expect(args.flow?.link).toHaveBeenCalledOnce();
  },
};

export const Linking: Story = {
  args: { flow: fakeLinking({ state: 'linking', busy: true }) },
  async play(context) {
    const { button, says } = see(context);
    await expect(button(says.busy)).toHaveAttribute('aria-busy', 'true');
  },
};

/** Linking failed: one may try again, without the password. */
export const LinkFailed: Story = {
  args: { flow: fakeLinking({ state: 'unlinked', failure: new Failure('timeout') }) },
  async play(context) {
    const { button, says, hint, args } = see(context);
    await expect(hint('timeout')).toBeVisible();
    await userEvent.click(button(says.retry));
    await expect(args.flow?.link).toHaveBeenCalledOnce();
  },
};

/** The user has another account of this host: only the person may let it give way (G-19). */
export const Occupied: Story = {
  args: { flow: fakeLinking({ state: 'occupied', failure: new Failure('link-occupied') }) },
  async play(context) {
    const { canvas, button, says, args } = see(context);
    await expect(canvas.getByText(says.occupied)).toBeVisible();
    await userEvent.click(button(says.keep));
    await expect(args.flow?.cancel).toHaveBeenCalledOnce();
    await expect(args.flow?.overwrite).not.toHaveBeenCalled();
    await userEvent.click(button(says.overwrite));
    await expect(args.flow?.overwrite).toHaveBeenCalledOnce();
  },
};

/** The overwriting failed: the question stands, and says why. */
export const OverwriteFailed: Story = {
  args: { flow: fakeLinking({ state: 'occupied', failure: new Failure('offline') }) },
  async play(context) {
    const { canvas, says, hint } = see(context);
    await expect(canvas.getByText(says.occupied)).toBeVisible();
    await expect(hint('offline')).toBeVisible();
  },
};

/** Another user has this host account (G-19). */
export const LinkedElsewhere: Story = {
  args: { flow: fakeLinking({ state: 'linkedElsewhere', failure: new Failure('linked-elsewhere') }) },
  async play(context) {
    const { canvas, button, says, args } = see(context);
    await expect(canvas.getByText(says.linkedElsewhere)).toBeVisible();
    await userEvent.click(button(says.retry));
    await expect(args.flow?.link).toHaveBeenCalledOnce();
  },
};

export const Linked: Story = {
  args: { flow: fakeLinking({ state: 'linked', user: lin }) },
  async play(context) {
    const { canvas, says } = see(context);
    await expect(canvas.getByText(says.linked)).toBeVisible();
    await expect(canvas.queryByRole('button')).toBeNull();
  },
};

/** It was the user's before: nothing has changed (G-19). */
export const AlreadyLinked: Story = {
  args: { flow: fakeLinking({ state: 'alreadyLinked', user: lin }) },
  async play(context) {
    const { canvas, says } = see(context);
    await expect(canvas.getByText(says.alreadyLinked)).toBeVisible();
  },
};

export const Disabled: Story = {
  args: { flow: fakeLinking({}), disabled: true },
  async play(context) {
    const { button, says } = see(context);
    await expect(button(says.register)).toBeDisabled();
  },
};

/** The app never called `createAuth`: a developer's mistake, and shown as one. */
export const NoAuth: Story = {
  args: { flow: null },
  async play(context) {
    await expect(see(context).hint('misconfigured')).toBeVisible();
  },
};

/** No state moves the layout, whatever the reason is. */
export const Steady: Story = {
  tags: ['!dev'],
  args: { flow: fakeLinking({}) },
  async play({ args, canvasElement }) {
    const form = { state: 'failed', busy: false };
    await staysPut(canvasElement, [
      () => args.flow?.become(form),
      () => args.flow?.become({ state: 'registering', busy: true }),
      ...everyFailure.map((failure) => () => args.flow?.become({ ...form, failure })),
    ]);
  },
};

/** Nor do those of linking, its question among them; another way to go on is what comes and goes below. */
export const SteadyLinking: Story = {
  tags: ['!dev'],
  args: { flow: fakeLinking({ state: 'unlinked' }) },
  async play({ args, canvasElement }) {
    await staysPut(canvasElement, [
      () => args.flow?.become({ state: 'linking', busy: true }),
      () => args.flow?.become({ state: 'occupied', busy: false, failure: new Failure('link-occupied') }),
      () => args.flow?.become({ failure: new Failure('offline') }),
    ]);
    await staysPut(canvasElement, [
      () => args.flow?.become({ state: 'unlinked', failure: null }),
      () => args.flow?.become({ failure: new Failure('timeout') }),
      () => args.flow?.become({ state: 'linkedElsewhere', failure: new Failure('linked-elsewhere') }),
    ]);
  },
};

function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const { locale } = lookOf(globals);
  const canvas = within(canvasElement);
  return {
    args,
    canvas,
    canvasElement,
    says: texts[locale],
    button: (name: string) => canvas.getByRole('button', { name }),
    field: (label: string) => canvas.getByLabelText(label),
    hint: (kind: FailureKind) => canvas.getByText(failureText(kind, locale)),
    told: (type: string) => mocked(args.tell).mock.calls.flatMap(([told, detail]) => (told === type ? [detail] : [])),
  };
}
