import type { Meta, StoryObj } from '@storybook/html-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { createPlayground, type Playground } from './playground/playground.js';
import { findSurroundings } from './playground/surroundings.js';
import { clearStage, enterStage } from './stage.js';

let playground: Playground | null = null;

const meta = {
  title: 'playground',
  loaders: [async () => ({ components: await loadComponents(), surroundings: await findSurroundings() })],
  render(_args, { globals, loaded }) {
    const look = lookOf(globals);
    if (playground) {
      playground.setLook(look);
      return playground.element;
    }
    const made = createPlayground({ surroundings: loaded.surroundings, components: loaded.components, look });
    playground = made;
    return enterStage({
      element: made.element,
      release() {
        made.release();
        playground = null;
      },
    });
  },
} satisfies Meta;

export default meta;

/** To be tapped: nothing happens by itself here. */
export const Live: StoryObj = {};

/** From the tap to who is signed in, with the chart. A second tap on the way asks for the same (G-05). */
export const SignsIn: StoryObj = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    await userEvent.dblClick(await canvas.findByRole('button', { name: '登录' }));
    await expect(await canvas.findByRole('button', { name: '已登录' })).toBeVisible();
    await expect(canvas.getByText('微信用户')).toBeVisible();
    await waitFor(() => expect(litIn(canvasElement)).toEqual(['signedIn']));
  },
};

/** A token that the server does not accept any more is renewed once, and the request sent again (G-05). */
export const RenewsRevokedToken: StoryObj = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    await signIn(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: '吊销令牌' }));
    await canvas.findByText('已吊销,下一次请求时会发现');
    await userEvent.click(canvas.getByText('向服务器查询我的账号'));
    await expect(await canvas.findByText(/^服务器回答:200/)).toBeVisible();
    await expect(canvas.getByRole('log')).toHaveTextContent('TOKEN.REJECTED → renewing.attempting');
  },
};

/** Nobody is registered, and nobody is to be (G-18). */
export const RegistersNobody: StoryObj = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByLabelText('没有账号时自动注册'));
    await userEvent.click(await canvas.findByRole('button', { name: '登录' }));
    await expect((await canvas.findAllByText('还没有账号,请先注册')).length).toBeGreaterThan(0);
    await expect(canvas.getByText('未登录')).toBeVisible();
  },
};

/** The attempt goes on by itself when the network is back. */
export const WaitsForNetwork: StoryObj = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByLabelText('网络'));
    await userEvent.click(await canvas.findByRole('button', { name: '登录' }));
    await waitFor(() => expect(litIn(canvasElement)).toEqual(['signingIn', 'offline']));
    await userEvent.click(canvas.getByLabelText('网络'));
    await expect(await canvas.findByText('微信用户')).toBeVisible();
  },
};

/** What the store holds is restored at the next start, on this phone and on no other. */
export const RestoresSession: StoryObj = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    await signIn(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: '冷启动' }));
    await expect(await canvas.findByText('微信用户')).toBeVisible();
    await userEvent.selectOptions(canvas.getByLabelText('使用者'), 'Alex');
    await expect(await canvas.findByText('未登录')).toBeVisible();
    await expect(canvasElement.querySelectorAll('page')).toHaveLength(1);
  },
};

/** Between states that stand close there is room for more than the head. */
export const DrawsArrows: StoryObj = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    await waitFor(() => expect(canvasElement.querySelectorAll('.chart svg')).toHaveLength(3));
    const lines = [...canvasElement.querySelectorAll<SVGPathElement>('.chart .edge path')];
    await expect(lines.length).toBeGreaterThan(20);
    await expect(lines.filter((line) => line.getTotalLength() < 8)).toEqual([]);
  },
};

/** WeChat's cloud outlives the page and may have other pages, so the control shows what the cloud says. */
export const ShowsWhoIsBlocked: StoryObj = {
  tags: ['!dev'],
  loaders: [
    async () => {
      const surroundings = await findSurroundings();
      const [first] = surroundings.people;
      if (first) await surroundings.cloud.block(first.id);
      return { surroundings };
    },
  ],
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    const control = () => canvas.getByLabelText('封禁该使用者');
    await waitFor(() => expect(control()).toBeChecked());
    await userEvent.selectOptions(canvas.getByLabelText('使用者'), 'Alex');
    await waitFor(() => expect(control()).toBeEnabled());
    await expect(control()).not.toBeChecked();
    await userEvent.selectOptions(canvas.getByLabelText('使用者'), '小明');
    await waitFor(() => expect(control()).toBeChecked());
    await userEvent.click(control());
    await waitFor(() => expect(control()).toBeEnabled());
    await userEvent.click(await canvas.findByRole('button', { name: '登录' }));
    await expect(await canvas.findByText('微信用户')).toBeVisible();
  },
};

/** The page is left while the host is silent: nothing is told, nothing breaks (G-17). */
export const LeftMeanwhile: StoryObj = {
  tags: ['!dev'],
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    const host = within(canvas.getByRole('group', { name: '宿主的下一次调用' }));
    await userEvent.selectOptions(host.getByLabelText('会怎样'), '永不回答');
    await userEvent.click(host.getByRole('button', { name: '设置' }));
    await userEvent.click(await canvas.findByRole('button', { name: '登录' }));
    await canvas.findByRole('button', { name: '正在登录…' });
    clearStage();
    await userEvent.click(canvas.getByRole('button', { name: '放行挂起的调用' }));
    await expect(canvasElement.querySelector('page')).toBeNull();
  },
};

async function signIn(canvas: HTMLElement): Promise<void> {
  await userEvent.click(await within(canvas).findByRole('button', { name: '登录' }));
  await within(canvas).findByText('微信用户');
}

/** The states that shine in the chart on show. */
function litIn(canvas: HTMLElement): (string | null)[] {
  return [...canvas.querySelectorAll('.chart:not([hidden]) .active text')].map(({ textContent }) => textContent);
}
