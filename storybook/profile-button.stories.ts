import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, fn, mocked, userEvent, within } from 'storybook/test';
import { texts as formTexts } from '../components/avatar-nickname/texts.js';
import { texts } from '../components/profile-button/texts.js';
import { Failure, type FailureKind, failureText } from '../ports/failure.js';
import { everyFailure } from './every-failure.js';
import { fakeAuth, lin } from './fake-auth.js';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { type FakeProfile, fakeForm, fakeProfile } from './profile/fake-profile.js';
import template from './profile-button/page.wxml';
import { showPage } from './show-page.js';
import { staysPut } from './stays-put.js';

interface Args {
  /** The flow as it stands; `null`: the app did not call `createAuth`. */
  flow: FakeProfile | null;
  /** That of the form which the button opens. */
  form: FakeProfile;
  disabled: boolean;
  /** What the page puts into the slots; empty: nothing. */
  label: string;
  /** Hears the button's events. */
  tell: (type: string, detail: unknown) => void;
}

const meta = {
  title: 'profile-button',
  args: { flow: fakeProfile(), form: fakeForm(), disabled: false, label: '', tell: fn() },
  parameters: { controls: { include: ['disabled', 'label'] } },
  loaders: [async () => ({ components: await loadComponents() })],
  render({ flow, form, disabled, label, tell }, { globals, loaded: { components } }) {
    const look = lookOf(globals);
    const phase = { status: 'signedIn', user: { ...lin, nickname: null } } as const;
    const auth = flow && fakeAuth(phase, null, { profile: ({ way }) => (way === 'avatarNickname' ? form : flow) });
    const title = { zh: '头像和昵称', en: 'Picture and name' };
    const data = { desc: { zh: '用于展示', en: 'To show to others' }[look.locale], disabled, labelled: label };
    return showPage({ look, components, auth, title, template, tell, data });
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** The host has a sheet: a plain tap opens it (W-06). */
export const ByTap: Story = {
  args: { flow: fakeProfile() },
  async play(context) {
    const { button, says } = see(context);
    await expect(button()).toHaveTextContent(says.ask);
    await expect(button()).not.toHaveAttribute('open-type');
    await userEvent.click(button());
    await expect(context.args.flow?.ask).toHaveBeenCalledOnce();
  },
};

/** The host has a button of its own (W-18). */
export const ByHostButton: Story = {
  args: { flow: fakeProfile({ by: 'hostButton' }) },
  async play(context) {
    await expect(see(context).button()).toHaveAttribute('open-type', 'getUserInfo');
  },
};

/** The host has neither: a tap opens the form, and its success brings the button back (W-11). */
export const ByForm: Story = {
  args: { flow: fakeForm(), form: fakeForm() },
  async play(context) {
    const { canvas, button, says, told } = see(context);
    const { form, flow } = context.args;
    await userEvent.click(button());
    await expect(canvas.getByRole('textbox')).toBeVisible();
    await userEvent.type(canvas.getByRole('textbox'), '小林');
    await userEvent.click(canvas.getByRole('button', { name: says.form.submit }));
    await expect(form.submit).toHaveBeenCalledWith('小林');
    form.become({ state: 'saved', by: 'tap', user: lin });
    await expect(told('success')).toEqual([{ user: lin }]);
    await expect(flow?.cancel).toHaveBeenCalledOnce();
    await expect(button()).toBeVisible();
  },
};

export const FormOpen: Story = {
  args: { flow: fakeForm(), form: fakeForm() },
  async play(context) {
    const { canvas, button } = see(context);
    await userEvent.click(button());
    await expect(canvas.getByRole('textbox')).toBeVisible();
  },
};

/** The host told a stand-in: the form is open, and says why (W-08). */
export const Anonymous: Story = {
  args: { flow: fakeForm({ state: 'anonymous', otherWay: true }), form: fakeForm() },
  async play(context) {
    const { canvas, says } = see(context);
    await expect(canvas.getByText(says.anonymous)).toBeVisible();
    await expect(canvas.getByRole('textbox')).toBeVisible();
  },
};

/** A tap came before the key was ready (G-03). */
export const Preparing: Story = {
  args: { flow: fakeProfile({ by: 'none' }) },
  async play(context) {
    const { button, canvas, says } = see(context);
    await userEvent.click(button());
    await expect(button()).toHaveTextContent(says.busy);
    context.args.flow?.become({ by: 'tap' });
    await expect(canvas.getByText(says.again)).toBeVisible();
  },
};

/** The host's sheet is open: a new tap asks anew (G-15). */
export const Asking: Story = {
  args: { flow: fakeProfile({ state: 'waiting' }) },
  async play(context) {
    const { button, says } = see(context);
    await expect(button()).toHaveTextContent(says.ask);
    await expect(button()).toBeEnabled();
  },
};

export const Saving: Story = {
  args: { flow: fakeProfile({ state: 'exchanging', by: 'none', busy: true }) },
  async play(context) {
    const { button, says, told } = see(context);
    await expect(button()).toHaveTextContent(says.busy);
    await expect(button()).toHaveAttribute('aria-busy', 'true');
    const { left, top } = button().getBoundingClientRect();
    await expect(button().contains(document.elementFromPoint(left + 9, top + 9))).toBe(false);
    await expect(told('success')).toEqual([]);
  },
};

export const Saved: Story = {
  args: { flow: fakeProfile({ state: 'saved', user: lin }) },
  async play(context) {
    const { button, says } = see(context);
    await expect(button()).toHaveTextContent(says.saved);
  },
};

/** The host's own button has signed the person in, and the server keeps no profile of clients. */
export const SignedIn: Story = {
  args: { flow: fakeProfile({ by: 'hostButton' }) },
  async play(context) {
    const { button, says, told } = see(context);
    context.args.flow?.become({ state: 'exchanging', busy: true });
    context.args.flow?.become({ state: 'signedIn', busy: false, user: lin });
    await expect(button()).toHaveTextContent(says.signedIn);
    await expect(told('success')).toMatchObject([{ user: { id: lin.id } }]);
  },
};

/** The person said no: the form is another way in (G-12). */
export const Denied: Story = {
  args: { flow: fakeProfile() },
  async play(context) {
    const { button, canvas, says, told, hint } = see(context);
    await userEvent.click(button());
    context.args.flow?.become({ state: 'denied', otherWay: true, failure: new Failure('denied') });
    await expect(hint('denied')).toHaveAttribute('aria-live', 'polite');
    await expect(told('denied')).toMatchObject([{ kind: 'denied' }]);
    await userEvent.click(canvas.getByRole('button', { name: says.fillIn }));
    await expect(context.args.flow?.fillIn).toHaveBeenCalledOnce();
  },
};

function failed(state: string, kind: FailureKind, otherWay = false): Story {
  return {
    args: { flow: fakeProfile({ state, otherWay, failure: new Failure(kind) }) },
    async play(context) {
      const { canvas, hint, says } = see(context);
      await expect(hint(kind)).toBeVisible();
      await expect(canvas.queryAllByRole('button', { name: says.fillIn })).toHaveLength(otherWay ? 1 : 0);
    },
  };
}

export const PrivacyRefused: Story = failed('privacyRefused', 'privacy-refused', true);
/** A mistake of the app (G-13). */
export const PrivacyUndeclared: Story = failed('privacyUndeclared', 'privacy-undeclared', true);
export const NotPermitted: Story = failed('notPermitted', 'not-permitted', true);
export const Unsupported: Story = failed('unsupported', 'unsupported', true);
/** There is no account, and none was wanted (G-18). */
export const Unregistered: Story = failed('unregistered', 'unregistered');
/** The server lets no client write profiles. */
export const UpdatesOff: Story = failed('updatesOff', 'profile-updates-off');
export const Offline: Story = failed('offline', 'offline');
export const TimedOut: Story = failed('timedOut', 'timeout');
export const Failed: Story = failed('failed', 'unavailable');

export const Disabled: Story = {
  args: { flow: fakeProfile(), disabled: true },
  async play(context) {
    const { button } = see(context);
    await expect(button()).toBeDisabled();
    await userEvent.click(button(), { pointerEventsCheck: 0 });
    await expect(context.args.flow?.ask).not.toHaveBeenCalled();
  },
};

/** The page puts its own words, and its own form, into the slots. */
export const OwnSlots: Story = {
  args: { flow: fakeForm(), label: '自己的 · My own' },
  async play(context) {
    const { button, canvas } = see(context);
    await expect(button()).toHaveTextContent('自己的 · My own');
    await userEvent.click(button());
    await expect(canvas.getByText('自己的 · My own')).toBeVisible();
    await expect(canvas.queryByRole('textbox')).toBeNull();
  },
};

/** The app never called `createAuth`: a developer's mistake, and shown as one. */
export const NoAuth: Story = {
  args: { flow: null },
  async play(context) {
    const { button, told } = see(context);
    await userEvent.click(button());
    await expect(told('failure')).toMatchObject([{ kind: 'misconfigured' }]);
  },
};

/** No state moves the layout, whatever the reason is. */
export const Steady: Story = {
  tags: ['!dev'],
  args: { flow: fakeProfile() },
  async play({ args, canvasElement }) {
    const rest = { state: 'failed', busy: false, by: 'tap' } as const;
    await staysPut(canvasElement, [
      () => args.flow?.become(rest),
      () => args.flow?.become({ by: 'hostButton' }),
      () => args.flow?.become({ state: 'exchanging', by: 'none', busy: true }),
      () => args.flow?.become({ state: 'saved', by: 'tap', busy: false }),
      ...everyFailure.map((failure) => () => args.flow?.become({ ...rest, failure })),
    ]);
  },
};

/** What a person at the phone sees, and what the page was told. */
function see({ canvasElement, args, globals }: StoryContext<Args>) {
  const { locale } = lookOf(globals);
  const canvas = within(canvasElement);
  return {
    canvas,
    /** The first: another way in may stand below. */
    button: () => {
      const [first] = canvas.getAllByRole('button');
      if (!first) throw new Error('There is no button.');
      return first;
    },
    says: { ...texts[locale], form: formTexts[locale] },
    hint: (kind: FailureKind) => canvas.getByText(failureText(kind, locale)),
    told: (type: string) => mocked(args.tell).mock.calls.flatMap(([told, detail]) => (told === type ? [detail] : [])),
  };
}
