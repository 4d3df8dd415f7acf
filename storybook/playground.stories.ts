import type { Meta, StoryContext, StoryObj } from '@storybook/html-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { texts as agreementTexts } from '../components/agreement/texts.js';
import { texts as formTexts } from '../components/avatar-nickname/texts.js';
import { texts as linkTexts } from '../components/link-account/texts.js';
import { texts as loginTexts } from '../components/login-button/texts.js';
import { texts as phoneTexts } from '../components/phone-button/texts.js';
import { texts as popupTexts } from '../components/privacy-popup/texts.js';
import { texts as profileTexts } from '../components/profile-button/texts.js';
import { texts as sheetTexts } from '../components/sign-in-sheet/texts.js';
import { failureText } from '../ports/failure.js';
import { lookOf } from './look.js';
import { demos } from './playground/demos/index.js';
import { playgroundOf } from './playground/story.js';
import { findSurroundings } from './playground/surroundings.js';
import { speaker } from './playground/texts.js';
import { clearStage } from './stage.js';

export default { title: 'playground' } satisfies Meta;

export const LoginButton: StoryObj = playgroundOf(demos.loginButton);
export const PhoneButton: StoryObj = playgroundOf(demos.phoneButton);
export const ProfileButton: StoryObj = playgroundOf(demos.profileButton);
export const AvatarNickname: StoryObj = playgroundOf(demos.avatarNickname);
export const LinkAccount: StoryObj = playgroundOf(demos.linkAccount);
export const Agreement: StoryObj = playgroundOf(demos.agreement);
export const AuthGate: StoryObj = playgroundOf(demos.authGate);
export const PrivacyPopup: StoryObj = playgroundOf(demos.privacyPopup);
export const SignInSheet: StoryObj = playgroundOf(demos.signInSheet);

/** From the tap to who is signed in, with the chart. A second tap on the way asks for the same (G-05). */
export const SignsIn: StoryObj = {
  ...LoginButton,
  tags: ['!dev'],
  async play(context) {
    const { canvas, canvasElement, says, say } = see(context);
    await userEvent.dblClick(await canvas.findByRole('button', { name: says.login.signIn }));
    await expect(await canvas.findByRole('button', { name: says.login.signedIn })).toBeVisible();
    await expect(canvas.getByText(say('somebody'))).toBeVisible();
    await waitFor(() => expect(litIn(canvasElement)).toEqual(['signedIn']));
  },
};

/** A token that the server does not accept any more is renewed once, and the request sent again (G-05). */
export const RenewsRevokedToken: StoryObj = {
  ...LoginButton,
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
  ...LoginButton,
  tags: ['!dev'],
  async play(context) {
    const { canvas, says, say, locale } = see(context);
    await userEvent.click(canvas.getByLabelText(say('createUser')));
    await userEvent.click(await canvas.findByRole('button', { name: says.login.signIn }));
    await expect((await canvas.findAllByText(failureText('unregistered', locale))).length).toBeGreaterThan(0);
    await expect(canvas.getByText(say('nobody'))).toBeVisible();
  },
};

/** The attempt goes on by itself when the network is back. */
export const WaitsForNetwork: StoryObj = {
  ...LoginButton,
  tags: ['!dev'],
  async play(context) {
    const { canvas, canvasElement, says, say } = see(context);
    await userEvent.click(canvas.getByLabelText(say('network')));
    await userEvent.click(await canvas.findByRole('button', { name: says.login.signIn }));
    await waitFor(() => expect(litIn(canvasElement)).toEqual(['signingIn', 'offline']));
    await userEvent.click(canvas.getByLabelText(say('network')));
    await expect(await canvas.findByText(say('somebody'))).toBeVisible();
  },
};

/** What the store holds is restored at the next start, on this phone and on no other. */
export const RestoresSession: StoryObj = {
  ...LoginButton,
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

/** The past is a click away, with what an event carried, and so is the present. */
export const TravelsThroughTime: StoryObj = {
  ...LoginButton,
  tags: ['!dev'],
  async play(context) {
    const { canvas, canvasElement } = see(context);
    await signIn(context);
    await waitFor(() => expect(litIn(canvasElement)).toEqual(['signedIn']));
    const lines = [...canvasElement.querySelectorAll('.log li')];
    const exchange = lines.find(({ textContent }) => textContent?.includes('CODE.GIVEN'));
    if (!exchange) throw new Error('The exchange is not in the log.');
    await userEvent.click(exchange);
    await expect(litIn(canvasElement)).toEqual(['signingIn', 'attempting']);
    await expect(canvasElement.querySelector('.log-detail')).toHaveTextContent('"$secret": "code#');
    await userEvent.click(canvas.getByRole('button', { name: /回到现在|Now/ }));
    await expect(litIn(canvasElement)).toEqual(['signedIn']);
  },
};

/** Between states that stand close there is room for more than the head. */
export const DrawsArrows: StoryObj = {
  ...LoginButton,
  tags: ['!dev'],
  async play({ canvas, canvasElement }) {
    const tabs = await waitFor(() => {
      const found = canvas.getAllByRole('tab');
      expect(found).toHaveLength(3);
      return found;
    });
    for (const [index, tab] of tabs.entries()) {
      await userEvent.click(tab);
      await waitFor(() => expect(canvasElement.querySelectorAll('.chart svg')).toHaveLength(index + 1));
    }
    const lines = [...canvasElement.querySelectorAll<SVGPathElement>('.chart .edge path')];
    await expect(lines.length).toBeGreaterThan(20);
    await expect(lines.filter((line) => line.getTotalLength() < 8)).toEqual([]);
  },
};

/** WeChat's cloud outlives the page and may have other pages, so the control shows what the cloud says. */
export const ShowsWhoIsBlocked: StoryObj = {
  ...LoginButton,
  tags: ['!dev'],
  loaders: [
    ...[LoginButton.loaders ?? []].flat(),
    async () => {
      const surroundings = await findSurroundings();
      const [first] = surroundings.people;
      if (first) await surroundings.cloud.block(first.id);
      return { surroundings };
    },
  ],
  async play(context) {
    const { canvas, says, say } = see(context);
    const control = () => canvas.getByLabelText(say('blocked'));
    await waitFor(() => expect(control()).toBeChecked());
    await userEvent.selectOptions(canvas.getByLabelText(say('person')), 'Alex');
    await waitFor(() => expect(control()).toBeEnabled());
    await expect(control()).not.toBeChecked();
    await userEvent.selectOptions(canvas.getByLabelText(say('person')), '小明');
    await waitFor(() => expect(control()).toBeChecked());
    await userEvent.click(control());
    await waitFor(() => expect(control()).toBeEnabled());
    await userEvent.click(await canvas.findByRole('button', { name: says.login.signIn }));
    await expect(await canvas.findByText(say('somebody'))).toBeVisible();
  },
};

/** The page is left while the host is silent: nothing is told, nothing breaks (G-17). */
export const LeftMeanwhile: StoryObj = {
  ...LoginButton,
  tags: ['!dev'],
  async play(context) {
    const { canvas, canvasElement, says, say } = see(context);
    const host = within(canvas.getByRole('group', { name: say('hostCalls') }));
    await userEvent.selectOptions(host.getByLabelText(say('fault')), say('hang'));
    await userEvent.click(host.getByRole('button', { name: say('arm') }));
    await userEvent.click(await canvas.findByRole('button', { name: says.login.signIn }));
    await canvas.findByRole('button', { name: says.login.signingIn });
    clearStage();
    await userEvent.click(canvas.getByRole('button', { name: say('release') }));
    await expect(canvasElement.querySelector('page')).toBeNull();
  },
};

/** The person gives another of their numbers, and the page hears of it. */
export const GivesAnotherNumber: StoryObj = {
  ...PhoneButton,
  tags: ['!dev'],
  async play(context) {
    const { canvas, page, sheet, says, say } = see(context);
    await userEvent.click(await page.findByRole('button', { name: says.phone.signIn }));
    await userEvent.click(await sheet(say('asksPhone'), say('otherNumber')));
    await expect(await page.findByText(/10000000002$/)).toBeVisible();
    await expect(await page.findByRole('button', { name: says.phone.update })).toBeVisible();
    await waitFor(() => expect(canvas.getByRole('log')).toHaveTextContent('<phone-button> success'));
    await waitFor(() => expect(canvas.getByRole('log')).toHaveTextContent('phoneAuthorization'));
  },
};

/** No is told as no (G-12); a sheet that is closed is told as nothing, and each new tap asks anew. */
export const SaysNo: StoryObj = {
  ...PhoneButton,
  tags: ['!dev'],
  async play(context) {
    const { page, sheet, says, say, locale } = see(context);
    await userEvent.click(await page.findByRole('button', { name: says.phone.signIn }));
    await userEvent.click(await sheet(say('asksPhone'), say('close')));
    await userEvent.click(await page.findByRole('button', { name: says.phone.signIn }));
    await userEvent.click(await sheet(say('asksPhone'), say('refuse')));
    await expect((await page.findAllByText(failureText('denied', locale))).length).toBeGreaterThan(0);
    await userEvent.click(await page.findByRole('button', { name: says.phone.retry }));
    await userEvent.click(await sheet(say('asksPhone'), say('allow')));
    await expect(await page.findByText(/138\d{8}$/)).toBeVisible();
  },
};

/** A phone of early 2022 has a sheet for the profile (W-06). */
export const TellsWhoItIs: StoryObj = {
  ...ProfileButton,
  tags: ['!dev'],
  async play(context) {
    const { page, sheet, says, say } = see(context);
    await userEvent.click(await page.findByRole('button', { name: says.login.signIn }));
    await userEvent.click(await page.findByRole('button', { name: says.profile.ask }));
    await userEvent.click(await sheet(say('asksProfile'), say('allow')));
    await expect(await page.findByText('小明')).toBeVisible();
  },
};

/** A phone of 2020 has only a button of its own for that (W-18). */
export const TellsByTheHostsButton: StoryObj = {
  ...ProfileButton,
  tags: ['!dev'],
  async play(context) {
    const { canvas, page, sheet, says, say } = see(context);
    await userEvent.selectOptions(canvas.getByLabelText(say('age')), say('before2021'));
    await userEvent.click(await page.findByRole('button', { name: says.login.signIn }));
    const button = await page.findByRole('button', { name: says.profile.ask });
    await waitFor(() => expect(button).toHaveAttribute('open-type', 'getUserInfo'));
    await userEvent.click(button);
    await userEvent.click(await sheet(say('asksProfile'), say('allow')));
    await expect(await page.findByText('小明')).toBeVisible();
  },
};

/** A picture and a name; the first name does not pass WeChat's review (W-11, W-12, G-22). */
export const FillsInTheForm: StoryObj = {
  ...AvatarNickname,
  tags: ['!dev'],
  async play(context) {
    const { canvas, page, sheet, says, say } = see(context);
    await userEvent.click(await page.findByRole('button', { name: says.login.signIn }));
    await userEvent.click(await page.findByRole('button', { name: says.form.choose }));
    await userEvent.click(await sheet(say('asksAvatar'), say('album')));
    await waitFor(() =>
      expect(page.getByRole('button', { name: says.form.choose }).querySelector('img')).toBeVisible(),
    );
    const name = page.getByRole('textbox', { name: says.form.nickname });
    await userEvent.selectOptions(canvas.getByLabelText(say('nicknames')), say('namesRejected'));
    await userEvent.type(name, '坏名字');
    await userEvent.tab();
    await waitFor(() => expect(name).toHaveValue(''));
    await userEvent.selectOptions(canvas.getByLabelText(say('nicknames')), say('namesPass'));
    await userEvent.type(name, '小林');
    await userEvent.click(page.getByRole('button', { name: says.form.submit }));
    await expect(await page.findByText('小林')).toBeVisible();
  },
};

/** A stranger registers, and is known by the host account from then on (G-18, G-19). */
export const RegistersAndLinks: StoryObj = {
  ...LinkAccount,
  tags: ['!dev'],
  async play(context) {
    const { page, says, say } = see(context);
    await userEvent.type(await page.findByLabelText(says.link.username), 'xiaoming');
    await userEvent.type(page.getByLabelText(says.link.password), 'correct horse battery');
    await userEvent.click(page.getByRole('button', { name: says.link.register }));
    await expect(await page.findByText(says.link.linked)).toBeVisible();
    await expect(await page.findByText(say('welcome'))).toBeVisible();
    await expect(page.getByText('xiaoming')).toBeVisible();
  },
};

/** Before the terms are accepted no sheet opens (G-16). */
export const AcceptsTheTerms: StoryObj = {
  ...Agreement,
  tags: ['!dev'],
  async play(context) {
    const { page, sheet, says, say, canvas } = see(context);
    await userEvent.click(await page.findByRole('button', { name: says.phone.signIn }));
    await expect(await page.findByText(says.phone.terms)).toBeVisible();
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await userEvent.click(page.getByRole('checkbox', { name: new RegExp(says.agreement.accept) }));
    await waitFor(() => expect(page.getByRole('button')).toHaveAttribute('open-type', 'getPhoneNumber'));
    await userEvent.click(page.getByRole('button'));
    await userEvent.click(await sheet(say('asksPhone'), say('allow')));
    await expect(await page.findByText(say('welcome'))).toBeVisible();
  },
};

/** What is for members is shown to members. */
export const OpensTheGate: StoryObj = {
  ...AuthGate,
  tags: ['!dev'],
  async play(context) {
    const { page, says, say } = see(context);
    await userEvent.click(await page.findByRole('button', { name: says.login.signIn }));
    await expect(await page.findByText(say('members'))).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: say('signOut') }));
    await expect(await page.findByRole('button', { name: says.login.signIn })).toBeVisible();
  },
};

/** The app's own popup comes before the host's sheet, once (W-16). */
export const AgreesToTheGuide: StoryObj = {
  ...PrivacyPopup,
  tags: ['!dev'],
  async play(context) {
    const { page, sheet, says, say } = see(context);
    await userEvent.click(await page.findByRole('button', { name: says.phone.signIn }));
    await userEvent.click(await page.findByRole('button', { name: says.popup.agree }));
    await userEvent.click(await sheet(say('asksPhone'), say('allow')));
    await expect(await page.findByText(say('welcome'))).toBeVisible();
    await expect(page.queryByRole('dialog')).toBeNull();
  },
};

/** Terms, phone, picture and name: one sheet leads through all of it, and leaves. */
export const IsLedThroughAll: StoryObj = {
  ...SignInSheet,
  tags: ['!dev'],
  async play(context) {
    const { page, sheet, says, say } = see(context);
    await userEvent.click(await page.findByRole('checkbox', { name: new RegExp(says.agreement.accept) }));
    await waitFor(() =>
      expect(page.getByRole('button', { name: says.phone.signIn })).toHaveAttribute('open-type', 'getPhoneNumber'),
    );
    await userEvent.click(page.getByRole('button', { name: says.phone.signIn }));
    await userEvent.click(await sheet(say('asksPhone'), say('allow')));
    await userEvent.click(await page.findByRole('button', { name: says.sheet.skipProfile }));
    await expect(await page.findByText(say('welcome'))).toBeVisible();
    await waitFor(() => expect(page.queryByRole('dialog')).toBeNull());
  },
};

async function signIn(context: StoryContext): Promise<void> {
  const { page, says, say } = see(context);
  await userEvent.click(await page.findByRole('button', { name: says.login.signIn }));
  await page.findByText(say('somebody'));
}

function see({ canvasElement, globals }: StoryContext) {
  const { locale } = lookOf(globals);
  const canvas = within(canvasElement);
  const screen = canvasElement.querySelector<HTMLElement>('.phone-screen');
  if (!screen) throw new Error('There is no phone.');
  return {
    canvasElement,
    canvas,
    /** What the app shows. */
    page: within(screen),
    /** A button of a sheet of the host, by the sheet's title. */
    sheet: async (title: string, button: string) =>
      within(await canvas.findByRole('dialog', { name: title })).getByRole('button', { name: button }),
    locale,
    says: {
      login: loginTexts[locale],
      phone: phoneTexts[locale],
      profile: profileTexts[locale],
      form: formTexts[locale],
      link: linkTexts[locale],
      agreement: agreementTexts[locale],
      popup: popupTexts[locale],
      sheet: sheetTexts[locale],
    },
    say: speaker(locale),
  };
}

/** The states that shine in the chart on show. */
function litIn(canvas: HTMLElement): (string | null)[] {
  return [...canvas.querySelectorAll('.chart:not([hidden]) .active text')].map(({ textContent }) => textContent);
}
