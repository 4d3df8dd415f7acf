import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, waitFor, within } from 'storybook/test';
import { texts } from '../components/privacy-popup/texts.js';
import { fakeAuth } from './fake-auth.js';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { fakePrivacy } from './privacy-popup/fake-privacy.js';
import template from './privacy-popup/page.wxml';
import style from './privacy-popup/page.wxss?raw';
import { showPage } from './show-page.js';
import { clearStage } from './stage.js';

interface Args {
  /** Whether the host holds a call back until the person has answered. */
  asking: boolean;
  /** What the page adds; empty: nothing. */
  details: string;
  /** Hears the popup's events. */
  tell: (type: string, detail: unknown) => void;
}

const words = { zh: { page: '页面内容' }, en: { page: 'The page' } };

let privacy = fakePrivacy(false);

const meta = {
  title: 'privacy-popup',
  args: { asking: true, details: '', tell: fn() },
  parameters: { controls: { exclude: ['tell'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ asking, details, tell }, { globals, loaded: { components } }) {
    const look = lookOf(globals);
    privacy = fakePrivacy(asking);
    const auth = { ...fakeAuth({}), privacy };
    const title = { zh: '林间书店', en: 'Forest Books' };
    const data = { details, says: words[look.locale] };
    return showPage({ look, components, auth, title, template, style, tell, data });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** The host waits for an answer. It is told that the question is seen once it is drawn (W-16). */
export const Asking: Story = {
  async play(context) {
    const { dialog, says, canvasElement } = see(context);
    await expect(dialog()).toHaveAccessibleName(says.title);
    await expect(dialog()).toHaveTextContent('《林间书店小程序隐私保护指引》');
    await waitFor(() => expect(privacy.calls.seen).toHaveBeenCalledOnce());
    await waitFor(() => {
      const screen = canvasElement.querySelector('.phone-screen')?.getBoundingClientRect();
      const panel = dialog().getBoundingClientRect();
      expect([panel.left, panel.width, panel.bottom]).toEqual([screen?.left, screen?.width, screen?.bottom]);
    });
  },
};

/** The button of the host agrees, and is named to the host by its id (W-16). */
export const Agreed: Story = {
  async play(context) {
    const { canvas, says, told, dialog } = see(context);
    const button = within(dialog()).getByRole('button', { name: says.agree });
    await expect(button).toHaveAttribute('open-type', 'agreePrivacyAuthorization');
    await userEvent.click(button);
    await expect(privacy.calls.agree).toHaveBeenCalledWith('denglu-agree');
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(told()).toEqual(['change', 'change', 'agree']);
  },
};

export const Refused: Story = {
  async play(context) {
    const { canvas, says, told } = see(context);
    await userEvent.click(canvas.getByRole('button', { name: says.refuse }));
    await expect(privacy.calls.disagree).toHaveBeenCalledOnce();
    await expect(privacy.calls.agree).not.toHaveBeenCalled();
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(told()).toEqual(['change', 'change', 'refuse']);
  },
};

/** The name of the guide opens it, and the question stays. */
export const ReadingTheGuide: Story = {
  async play(context) {
    const { canvas } = see(context);
    await userEvent.click(canvas.getByRole('link'));
    await expect(privacy.openContract).toHaveBeenCalledOnce();
    await expect(canvas.getByRole('dialog')).toBeVisible();
  },
};

/** Nobody is asked: there is nothing on the page. */
export const Quiet: Story = {
  args: { asking: false },
  async play(context) {
    const { canvas, told } = see(context);
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect([told(), mocked(privacy.calls.shown).mock.calls.length]).toEqual([[], 1]);
  },
};

/** The page says what it needs the data for. */
export const WithDetails: Story = {
  args: { details: '手机号只用于登录 · Your number is for signing in only' },
  async play(context) {
    await expect(see(context).dialog()).toHaveTextContent('手机号只用于登录');
  },
};

/** The page is gone: whoever asks next is not answered by this popup. */
export const Left: Story = {
  tags: ['!dev'],
  async play(context) {
    await expect(see(context).dialog()).toBeVisible();
    clearStage();
    await expect(privacy.calls.detached).toHaveBeenCalledOnce();
  },
};

function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const canvas = within(canvasElement);
  return {
    canvas,
    canvasElement,
    says: texts[lookOf(globals).locale],
    dialog: () => canvas.getByRole('dialog'),
    told: () => mocked(args.tell).mock.calls.map(([type]) => type),
  };
}
