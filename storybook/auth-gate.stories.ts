import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, within } from 'storybook/test';
import type { Auth } from '../machines/auth.js';
import { register } from '../machines/registry.js';
import template from './auth-gate/page.wxml';
import style from './auth-gate/page.wxss?raw';
import { fakeAuth, lin } from './fake-auth.js';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { showPage } from './show-page.js';

interface Args {
  /** What the app made of `createAuth`; `null`: it did not call it. */
  auth: Auth | null;
  /** Hears the gate's events. */
  tell: (type: string, detail: unknown) => void;
}

const words = {
  zh: { content: '这里是登录后才能看到的内容', pending: '请稍候…' },
  en: { content: 'Only signed-in users see this', pending: 'One moment…' },
};

const meta = {
  title: 'auth-gate',
  args: { auth: fakeAuth({}), tell: fn() },
  parameters: { controls: { disable: true } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ auth, tell }, { globals, loaded: { components } }) {
    const look = lookOf(globals);
    const title = { zh: '我的', en: 'Mine' };
    return showPage({ look, components, auth, title, template, style, tell, data: { says: words[look.locale] } });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const SignedIn: Story = {
  args: { auth: fakeAuth({ status: 'signedIn', user: lin }) },
  async play(context) {
    const { canvas, says, told } = see(context);
    await expect(canvas.getByText(says.content)).toBeVisible();
    await expect(canvas.queryByRole('button')).toBeNull();
    await expect(told()).toEqual([{ shown: 'content' }]);
  },
};

/** Whoever is not signed in sees the way in. */
export const SignedOut: Story = {
  args: { auth: fakeAuth({ status: 'signedOut' }) },
  async play(context) {
    const { canvas, says } = see(context);
    await expect(canvas.getByRole('button')).toBeVisible();
    await expect(canvas.queryByText(says.content)).toBeNull();
  },
};

/** The stored session is being read: neither is shown, so that nothing flashes. */
export const Pending: Story = {
  args: { auth: fakeAuth({ status: 'restoring', busy: true }) },
  async play(context) {
    const { canvas, says, told } = see(context);
    await expect(canvas.getByText(says.pending).closest('[aria-busy]')).toHaveAttribute('aria-busy', 'true');
    await expect(canvas.queryByText(says.content)).toBeNull();
    await expect(canvas.queryByRole('button')).toBeNull();
    await expect(told()).toEqual([]);
  },
};

/** The session is renewed in silence: the content stays. */
export const Renewing: Story = {
  args: { auth: fakeAuth({ status: 'renewing', busy: true, user: lin }) },
  async play(context) {
    const { canvas, says } = see(context);
    await expect(canvas.getByText(says.content)).toBeVisible();
  },
};

/** A sign-in that was begun on the fallback does not take its button away (G-15). */
export const SigningIn: Story = {
  args: { auth: fakeAuth({ status: 'signedOut' }) },
  async play(context) {
    const { canvas, says } = see(context);
    const button = canvas.getByRole('button');
    register(wx, fakeAuth({ status: 'signingIn', busy: true }));
    await expect(canvas.getByRole('button')).toBe(button);
    await expect(button).toHaveAttribute('aria-busy', 'true');
    register(wx, fakeAuth({ status: 'signedIn', user: lin }));
    await expect(canvas.getByText(says.content)).toBeVisible();
    await expect(canvas.queryByRole('button')).toBeNull();
  },
};

/** The app never called `createAuth`: what is in the fallback says so. */
export const NoAuth: Story = {
  args: { auth: null },
  async play(context) {
    await expect(see(context).canvas.getByRole('button')).toBeVisible();
  },
};

function see({ canvasElement, args, globals }: StoryContext<Args>) {
  return {
    canvas: within(canvasElement),
    says: words[lookOf(globals).locale],
    told: () => mocked(args.tell).mock.calls.map(([, detail]) => detail),
  };
}
