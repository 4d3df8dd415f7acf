import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, within } from 'storybook/test';
import { texts } from '../components/agreement/texts.js';
import template from './agreement/page.wxml';
import style from './agreement/page.wxss?raw';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { showPage } from './show-page.js';

interface Args {
  accepted: boolean;
  missing: boolean;
  disabled: boolean;
  /** What the page's own link says; empty: it has none. */
  linked: string;
  /** Hears the component's events. */
  tell: (type: string, detail: unknown) => void;
}

const meta = {
  title: 'agreement',
  args: { accepted: false, missing: false, disabled: false, linked: '', tell: fn() },
  parameters: { controls: { exclude: ['tell'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ tell, ...data }, { globals, loaded: { components } }) {
    const title = { zh: '协议', en: 'Terms' };
    return showPage({ look: lookOf(globals), components, auth: null, title, template, style, tell, data });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Nothing is accepted yet. A tap accepts, another takes it back, and the page hears of both. */
export const Unaccepted: Story = {
  async play(context) {
    const { box, told } = see(context);
    await expect(box).not.toBeChecked();
    await userEvent.click(box);
    await expect(box).toBeChecked();
    await userEvent.click(box);
    await expect(box).not.toBeChecked();
    await expect(told()).toEqual([{ accepted: true }, { accepted: false }]);
  },
};

export const Accepted: Story = {
  args: { accepted: true },
  async play(context) {
    await expect(see(context).box).toBeChecked();
  },
};

/** Somebody wanted to go on without accepting (G-16). The hint does not move what is below. */
export const Missing: Story = {
  args: { missing: true },
  async play(context) {
    const { box, says, canvas } = see(context);
    const hint = canvas.getByText(says.missing);
    await expect(hint).toBeVisible();
    const { height } = hint.getBoundingClientRect();
    await userEvent.click(box);
    await expect(hint).toHaveTextContent('');
    await expect(hint.getBoundingClientRect().height).toBe(height);
  },
};

export const Disabled: Story = {
  args: { disabled: true },
  async play(context) {
    const { box, told } = see(context);
    await expect(box).toBeDisabled();
    await userEvent.click(box, { pointerEventsCheck: 0 });
    await expect(told()).toEqual([]);
  },
};

export const AcceptedAndDisabled: Story = {
  args: { accepted: true, disabled: true },
  async play(context) {
    await expect(see(context).box).toBeChecked();
    await expect(see(context).box).toBeDisabled();
  },
};

/** The page names its terms itself. A tap on their name reads them, and accepts nothing. */
export const OwnLinks: Story = {
  args: { linked: '用户协议 · Terms of use' },
  async play(context) {
    const { canvas, box, told } = see(context);
    await userEvent.click(canvas.getByText('《用户协议 · Terms of use》'));
    await expect([told(), box.getAttribute('aria-checked')]).toEqual([[], expect.not.stringMatching('true')]);
  },
};

/** The keyboard accepts as well. */
export const ByKeyboard: Story = {
  tags: ['!dev'],
  async play(context) {
    await userEvent.tab();
    await expect(see(context).box).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect(see(context).box).toBeChecked();
  },
};

function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const canvas = within(canvasElement);
  return {
    canvas,
    box: canvas.getByRole('checkbox'),
    says: texts[lookOf(globals).locale],
    told: () => mocked(args.tell).mock.calls.map(([, detail]) => detail),
  };
}
