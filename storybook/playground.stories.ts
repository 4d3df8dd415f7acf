import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { texts as buttonTexts } from '../components/login-button/texts.js';
import { failureText } from '../ports/failure.js';
import { lookOf } from './look.js';
import { loadComponents } from './mini-program/components.js';
import { createPlayground, type Playground } from './playground/playground.js';
import { findSurroundings } from './playground/surroundings.js';
import { speaker } from './playground/texts.js';
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
  async play(context) {
    const { canvas, canvasElement, button, say } = see(context);
    await userEvent.dblClick(await canvas.findByRole('button', { name: button.signIn }));
    await expect(await canvas.findByRole('button', { name: button.signedIn })).toBeVisible();
    await expect(canvas.getByText(say('somebody'))).toBeVisible();
    await waitFor(() => expect(litIn(canvasElement)).toEqual(['signedIn']));
  },
};

/** A token that the server does not accept any more is renewed once, and the request sent again (G-05). */
export const RenewsRevokedToken: StoryObj = {
  tags: ['!dev'],
  async play(context) {
    const { canvas, say } = see(context);
    await signIn(context);
    await userEvent.click(canvas.getByRole('button', { name: say('revoke') }));
    await canvas.findByText(say('revoked'));
    await userEvent.click(canvas.getByText(say('load')));
    await expect(await canvas.findByText(new RegExp(`^${say('loaded')}200`))).toBeVisible();
    await expect(canvas.getByRole('log')).toHaveTextContent('TOKEN.REJECTED → renewing.attempting');
  },
};

/** Nobody is registered, and nobody is to be (G-18). */
export const RegistersNobody: StoryObj = {
  tags: ['!dev'],
  async play(context) {
    const { canvas, button, say, locale } = see(context);
    await userEvent.click(canvas.getByLabelText(say('createUser')));
    await userEvent.click(await canvas.findByRole('button', { name: button.signIn }));
    await expect((await canvas.findAllByText(failureText('unregistered', locale))).length).toBeGreaterThan(0);
    await expect(canvas.getByText(say('nobody'))).toBeVisible();
  },
};

/** The attempt goes on by itself when the network is back. */
export const WaitsForNetwork: StoryObj = {
  tags: ['!dev'],
  async play(context) {
    const { canvas, canvasElement, button, say } = see(context);
    await userEvent.click(canvas.getByLabelText(say('network')));
    await userEvent.click(await canvas.findByRole('button', { name: button.signIn }));
    await waitFor(() => expect(litIn(canvasElement)).toEqual(['signingIn', 'offline']));
    await userEvent.click(canvas.getByLabelText(say('network')));
    await expect(await canvas.findByText(say('somebody'))).toBeVisible();
  },
};

/** What the store holds is restored at the next start, on this phone and on no other. */
export const RestoresSession: StoryObj = {
  tags: ['!dev'],
  async play(context) {
    const { canvas, canvasElement, say } = see(context);
    await signIn(context);
    await userEvent.click(canvas.getByRole('button', { name: say('restart') }));
    await expect(await canvas.findByText(say('somebody'))).toBeVisible();
    await userEvent.selectOptions(canvas.getByLabelText(say('person')), 'Alex');
    await expect(await canvas.findByText(say('nobody'))).toBeVisible();
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
  async play(context) {
    const { canvas, button, say } = see(context);
    const control = () => canvas.getByLabelText(say('blocked'));
    await waitFor(() => expect(control()).toBeChecked());
    await userEvent.selectOptions(canvas.getByLabelText(say('person')), 'Alex');
    await waitFor(() => expect(control()).toBeEnabled());
    await expect(control()).not.toBeChecked();
    await userEvent.selectOptions(canvas.getByLabelText(say('person')), '小明');
    await waitFor(() => expect(control()).toBeChecked());
    await userEvent.click(control());
    await waitFor(() => expect(control()).toBeEnabled());
    await userEvent.click(await canvas.findByRole('button', { name: button.signIn }));
    await expect(await canvas.findByText(say('somebody'))).toBeVisible();
  },
};

/** The page is left while the host is silent: nothing is told, nothing breaks (G-17). */
export const LeftMeanwhile: StoryObj = {
  tags: ['!dev'],
  async play(context) {
    const { canvas, canvasElement, button, say } = see(context);
    const host = within(canvas.getByRole('group', { name: say('hostCalls') }));
    await userEvent.selectOptions(host.getByLabelText(say('fault')), say('hang'));
    await userEvent.click(host.getByRole('button', { name: say('arm') }));
    await userEvent.click(await canvas.findByRole('button', { name: button.signIn }));
    await canvas.findByRole('button', { name: button.signingIn });
    clearStage();
    await userEvent.click(canvas.getByRole('button', { name: say('release') }));
    await expect(canvasElement.querySelector('page')).toBeNull();
  },
};

async function signIn(context: StoryContext): Promise<void> {
  const { canvas, button, say } = see(context);
  await userEvent.click(await canvas.findByRole('button', { name: button.signIn }));
  await canvas.findByText(say('somebody'));
}

function see({ canvasElement, globals }: StoryContext) {
  const { locale } = lookOf(globals);
  return {
    canvasElement,
    canvas: within(canvasElement),
    locale,
    button: buttonTexts[locale],
    say: speaker(locale),
  };
}

/** The states that shine in the chart on show. */
function litIn(canvas: HTMLElement): (string | null)[] {
  return [...canvas.querySelectorAll('.chart:not([hidden]) .active text')].map(({ textContent }) => textContent);
}
