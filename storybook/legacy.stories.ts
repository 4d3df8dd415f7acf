import type { Meta, StoryObj } from '@storybook/html-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { createWechatDevice, createWorld } from '../simulator/index.js';
import { createDesk } from './desk.js';
import { openData } from './legacy/open-data.js';
import template from './legacy/page.wxml';
import style from './legacy/page.wxss?raw';
import { texts } from './legacy/texts.js';
import { lookOf } from './look.js';
import { mountPage, type PageEvent } from './mini-program/mount.js';
import { createPhone } from './phone/phone.js';
import { platforms } from './phone/platforms.js';
import { fingerOn } from './playground/finger.js';
import { createGallery } from './playground/gallery.js';
import { enterStage } from './stage.js';

interface Args {
  kind: 'openData' | 'getUserInfo';
}

const codes = {
  openData: '<open-data type="userAvatarUrl" />\n<open-data type="userNickName" />',
  getUserInfo: '<button open-type="getUserInfo" bindgetuserinfo="…">',
};

const meta = {
  title: 'legacy',
  args: { kind: 'openData' },
  parameters: { controls: { disable: true } },
  loaders: [async () => ({ gallery: await createGallery() })],
  render({ kind }, { globals, loaded: { gallery } }) {
    const look = lookOf(globals);
    const { locale, platform } = look;
    const phone = createPhone({ title: kind === 'openData' ? '<open-data>' : 'getUserInfo', look });
    const world = createWorld();
    const { appId } = world.addApp({ appId: 'wx-legacy', appSecret: 'legacy' });
    const person = world.addPerson({ nickname: '小明' });
    const device = createWechatDevice({ cloud: world.wechat, appId, person, system: platforms[platform].system });
    const finger = fingerOn({ device, gallery, nicknameReview: () => 'pass', chosen: () => gallery.own });
    const says = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text[locale]]));
    const page = mountPage(
      {
        template,
        style,
        data: { kind, says, code: codes[kind], fate: says[kind], instead: says[`${kind}Instead`], nickName: '' },
        methods: {
          onUserInfo({ detail }: PageEvent<{ userInfo?: { nickName: string } }>) {
            this.setData({ nickName: detail.userInfo?.nickName ?? '' });
          },
        },
      },
      { into: phone.screen, components: [openData], wx: device.wx, finger },
    );
    return enterStage({ element: createDesk(look, phone.element), ...page });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Since 2022-02-21 it tells nothing of anybody (W-08). */
export const OpenData: Story = {
  args: { kind: 'openData' },
  async play({ canvasElement, globals }) {
    const canvas = within(canvasElement);
    await expect(canvas.getByText('微信用户')).toBeVisible();
    await expect(canvas.getByText(texts.openDataInstead[lookOf(globals).locale])).toBeVisible();
  },
};

/** Since 2021-04-28 it asks nobody, and tells a stand-in (W-08, W-18). */
export const GetUserInfoButton: Story = {
  args: { kind: 'getUserInfo' },
  async play({ canvasElement, globals }) {
    const canvas = within(canvasElement);
    const { locale } = lookOf(globals);
    await userEvent.click(canvas.getByRole('button', { name: texts.button[locale] }));
    await waitFor(() => expect(canvas.getByText('微信用户')).toBeVisible());
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(canvas.getByText(texts.getUserInfoInstead[locale])).toBeVisible();
  },
};
