import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, within } from 'storybook/test';
import { texts } from '../components/avatar-nickname/texts.js';
import type { User } from '../ports/backend.js';
import { Failure, type FailureKind, failureText } from '../ports/failure.js';
import template from './avatar-nickname/page.wxml';
import { everyFailure } from './every-failure.js';
import { fakeAuth, lin } from './fake-auth.js';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { type FakeProfile, fakeForm, picture } from './profile/fake-profile.js';
import { showPage } from './show-page.js';
import { staysPut } from './stays-put.js';

interface Args {
  /** The flow as it stands; `null`: the app did not call `createAuth`. */
  flow: FakeProfile | null;
  /** Who is signed in. */
  user: User | null;
  disabled: boolean;
  /** Whether the host lets a picture be chosen (W-11). */
  canChoose: boolean;
  /** Hears the form's events. */
  tell: (type: string, detail: unknown) => void;
}

const meta = {
  title: 'avatar-nickname',
  args: { flow: fakeForm(), user: { ...lin, nickname: null }, disabled: false, canChoose: true, tell: fn() },
  parameters: { controls: { include: ['disabled'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ flow, user, disabled, canChoose, tell }, { globals, loaded: { components } }) {
    const auth = flow && fakeAuth({ status: 'signedIn', user }, null, { profile: () => flow });
    const title = { zh: '头像和昵称', en: 'Picture and name' };
    const host = { canIUse: () => canChoose };
    return showPage({ look: lookOf(globals), components, auth, title, template, tell, host, data: { disabled } });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** Neither a name nor a picture yet. What stands in the input at the submit is what is saved (G-22). */
export const Empty: Story = {
  args: { flow: fakeForm() },
  async play(context) {
    const { input, save, choose, says } = see(context);
    await expect(choose).toHaveAttribute('open-type', 'chooseAvatar');
    await expect(input).toHaveAttribute('placeholder', says.nickname);
    await userEvent.type(input, '小林');
    await expect(context.args.flow?.typeNickname).toHaveBeenCalled();
    await userEvent.click(choose);
    await expect(context.args.flow?.submit).not.toHaveBeenCalled();
    await userEvent.click(save);
    await expect(context.args.flow?.submit).toHaveBeenCalledWith('小林');
  },
};

/** What the user has is what the form begins with. */
export const Known: Story = {
  args: { flow: fakeForm(), user: { ...lin, avatarUrl: picture } },
  async play(context) {
    const { input, choose } = see(context);
    await expect(input).toHaveValue('林小满');
    await expect(choose.querySelector('img')).toHaveAttribute('src', picture);
  },
};

/** A picture was chosen, and is temporary until it is saved (G-22). */
export const Chosen: Story = {
  args: { flow: fakeForm({ avatar: picture, isAvatarTemporary: true }) },
  async play(context) {
    await expect(see(context).choose.querySelector('img')).toHaveAttribute('src', picture);
  },
};

/** This host lets no picture be chosen (W-11): the name is all that is asked for. */
export const NameOnly: Story = {
  args: { flow: fakeForm(), canChoose: false },
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    await expect(canvas.getAllByRole('button')).toHaveLength(1);
    await expect(canvas.getByRole('textbox')).toBeVisible();
  },
};

export const Saving: Story = {
  args: { flow: fakeForm({ state: 'savingForm', by: 'none', busy: true, avatar: picture }) },
  async play(context) {
    const { save, says } = see(context);
    await expect(save).toHaveTextContent(says.busy);
    await expect(save).toHaveAttribute('aria-busy', 'true');
    const { left, top } = save.getBoundingClientRect();
    await expect(save.contains(document.elementFromPoint(left + 9, top + 9))).toBe(false);
  },
};

/** The page hears of it once, and the form may be changed again. */
export const Saved: Story = {
  args: { flow: fakeForm({ state: 'savingForm', by: 'none', busy: true }), user: lin },
  async play(context) {
    const { input, save, says, told } = see(context);
    const { offsetTop } = save;
    context.args.flow?.become({ state: 'saved', by: 'tap', busy: false, user: lin });
    await expect(save).toHaveTextContent(says.saved);
    await expect(save.offsetTop).toBe(offsetTop);
    await expect(told('success')).toEqual([{ user: lin }]);
    await userEvent.type(input, '！');
    await expect(context.args.flow?.fillIn).toHaveBeenCalled();
  },
};

/** WeChat does not let this name pass (W-12). */
export const NicknameRejected: Story = {
  args: { flow: fakeForm({ state: 'nicknameRejected' }) },
  async play(context) {
    const { text, says } = see(context);
    await expect(text(says.rejected)).toHaveAttribute('aria-live', 'polite');
  },
};

export const NothingToSave: Story = {
  args: { flow: fakeForm({ state: 'empty' }) },
  async play(context) {
    const { text, says } = see(context);
    await expect(text(says.empty)).toBeVisible();
  },
};

function failed(state: string, kind: FailureKind): Story {
  return {
    args: { flow: fakeForm({ state, failure: new Failure(kind) }), user: lin },
    async play(context) {
      const { hint, input } = see(context);
      await expect(hint(kind)).toBeVisible();
      await expect(input).toHaveValue('林小满');
    },
  };
}

export const Failed: Story = failed('failed', 'unavailable');
export const Offline: Story = failed('failed', 'offline');
export const PictureRefused: Story = failed('failed', 'avatar-refused');
/** The server lets no client write profiles. */
export const UpdatesOff: Story = failed('updatesOff', 'profile-updates-off');

export const Disabled: Story = {
  args: { flow: fakeForm(), disabled: true },
  async play(context) {
    const { save, input, choose } = see(context);
    await expect(save).toBeDisabled();
    await expect(input).toBeDisabled();
    const { left, top } = choose.getBoundingClientRect();
    await expect(choose.contains(document.elementFromPoint(left + 30, top + 30))).toBe(false);
  },
};

/** The app never called `createAuth`: a developer's mistake, and shown as one. */
export const NoAuth: Story = {
  args: { flow: null },
  async play(context) {
    const { hint, save, told } = see(context);
    await expect(hint('misconfigured')).toBeVisible();
    await userEvent.click(save);
    await expect(told('failure')).toMatchObject([{ kind: 'misconfigured' }]);
  },
};

/** No state moves the layout, whatever the reason is. */
export const Steady: Story = {
  tags: ['!dev'],
  args: { flow: fakeForm() },
  async play({ args, canvasElement }) {
    const rest = { state: 'failed', busy: false };
    await staysPut(canvasElement, [
      () => args.flow?.become(rest),
      () => args.flow?.become({ avatar: picture }),
      () => args.flow?.become({ state: 'savingForm', busy: true }),
      () => args.flow?.become({ state: 'nicknameRejected', busy: false }),
      () => args.flow?.become({ state: 'empty' }),
      ...everyFailure.map((failure) => () => args.flow?.become({ ...rest, failure })),
    ]);
  },
};

/** What a person at the phone sees, and what the page was told. */
function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const { locale } = lookOf(globals);
  const says = texts[locale];
  const canvas = within(canvasElement);
  return {
    says,
    choose: canvas.getByRole('button', { name: says.choose }),
    input: canvas.getByRole('textbox', { name: says.nickname }),
    save: canvas.getByRole('button', { name: (name) => [says.submit, says.busy, says.saved].includes(name) }),
    text: (text: string) => canvas.getByText(text),
    hint: (kind: FailureKind) => canvas.getByText(failureText(kind, locale)),
    told: (type: string) => mocked(args.tell).mock.calls.flatMap(([told, detail]) => (told === type ? [detail] : [])),
  };
}
