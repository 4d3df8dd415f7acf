import type { Locale } from '../../ports/failure.js';
import type { NicknameReview, Person } from '../../simulator/index.js';
import { element } from '../element.js';
import {
  type HostCall,
  type HostFault,
  hostCalls,
  hostFaults,
  type OpenApiFaultName,
  openApiFaults,
  type PhoneRuleName,
  phoneRules,
} from './faults.js';
import { type AgeName, ages } from './kinds.js';
import type { Simulation } from './simulation.js';
import { speaker, type TextName } from './texts.js';
import { button, checkbox, choice, distantCheckbox, group, row } from './widgets.js';

/**
 * What one may do to the phone, to WeChat and to the server while the app runs.
 *
 * @param onPhone hears that another phone was taken, to which these controls do not belong
 */
export function createControls(
  simulation: Simulation,
  people: readonly Person[],
  locale: Locale,
  onPhone: () => void,
): HTMLElement {
  const say = speaker(locale);
  const told = element('p', { class: 'controls-told', role: 'status' });

  const complain = (error: unknown) => {
    told.textContent = String(error);
  };
  /** Does it, and tells that it is done, or why not. */
  const act =
    <Result>(deed: () => Promise<Result> | Result, done: (result: Result) => TextName = () => 'done') =>
    async () => {
      try {
        told.textContent = say(done(await deed()));
      } catch (error) {
        complain(error);
      }
    };

  const person = choice(say('person'), Object.fromEntries(people.map(({ id, nickname }) => [id, nickname])), (id) => {
    simulation.usePhone({ personId: id });
    onPhone();
  });
  person.element.selectedIndex = people.findIndex(({ id }) => id === simulation.kind.personId);
  const age = choice(say('age'), textsOf<AgeName>(ages, say), (age) => {
    simulation.usePhone({ age });
    onPhone();
  });
  age.element.selectedIndex = Object.keys(ages).indexOf(simulation.kind.age);
  const nicknames = choice(say('nicknames'), textsOf<NameRule>(nameRules, say), (rule) =>
    simulation.reviewNicknames(nameRules[rule]),
  );
  const phones = choice(say('phones'), textsOf<PhoneRuleName>(phoneRules, say), (rule) =>
    act(() => simulation.rulePhones(rule))(),
  );
  const apiNames = Object.fromEntries(hostCalls.map((name) => [name, labelOf(name)])) as Record<HostCall, string>;
  const api = choice(say('api'), apiNames);
  const hostFault = choice(say('fault'), textsOf<HostFault>(hostFaults, say));
  const openApiFault = choice(say('fault'), textsOf<OpenApiFaultName>(openApiFaults, say));

  return element(
    'section',
    { class: 'controls' },
    group(
      say('phone'),
      row(person.element, age.element),
      row(checkbox(say('network'), simulation.online, simulation.setOnline)),
      row(
        button(say('hide'), act(simulation.hide)),
        button(say('show'), act(simulation.show)),
        button(say('restart'), act(simulation.restart)),
        button(
          say('newPhone'),
          act(() => {
            simulation.useNewPhone();
            onPhone();
          }),
        ),
      ),
      row(checkbox(say('createUser'), simulation.createUser, simulation.setCreateUser)),
      row(nicknames.element),
    ),
    group(
      say('hostCalls'),
      row(
        api.element,
        hostFault.element,
        button(
          say('arm'),
          act(() => simulation.failHost(api.value, hostFault.value)),
        ),
      ),
      row(button(say('release'), act(simulation.releaseHanging))),
    ),
    group(
      say('cloud'),
      row(
        button(say('expire'), act(simulation.expireHostSession)),
        distantCheckbox(
          say('blocked'),
          simulation.isBlocked,
          (blocked) => act(() => simulation.setBlocked(blocked))(),
          complain,
        ),
      ),
      row(element('span', {}, say('phones')), phones.element),
      row(
        element('span', {}, say('openApi')),
        openApiFault.element,
        button(
          say('arm'),
          act(() => simulation.failOpenApi(openApiFault.value)),
        ),
      ),
    ),
    group(
      say('server'),
      row(
        button(
          say('revoke'),
          act(simulation.revokeToken, (wasSignedIn) => (wasSignedIn ? 'revoked' : 'noToken')),
        ),
      ),
    ),
    told,
  );
}

const nameRules = {
  namesPass: 'pass',
  namesRejected: 'reject',
  namesTimeOut: 'timeout',
} as const satisfies Partial<Record<TextName, NicknameReview>>;

type NameRule = keyof typeof nameRules;

function labelOf(call: HostCall): string {
  return call.startsWith('button.') ? `<${call.replace('.', ' ')}>` : `wx.${call}`;
}

function textsOf<Name extends TextName>(
  names: Readonly<Record<Name, unknown>>,
  say: (name: TextName) => string,
): Record<Name, string> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, say(name as Name)])) as Record<Name, string>;
}
