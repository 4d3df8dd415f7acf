import type { Abilities, Platform, PrivacyAnswer } from '../../ports/platform.js';
import { fieldIn, textIn } from '../host/fields.js';
import { ask, quietly } from './calls.js';
import { lacking } from './failures.js';
import type { WechatHost } from './host.js';

type PrivacyMembers = Pick<Platform, 'getPrivacySetting' | 'onPrivacyNeeded' | 'openPrivacyContract'>;

/** The app's privacy guide (W-16). */
export function privacyMembers(host: WechatHost, abilities: () => Abilities): PrivacyMembers {
  return {
    getPrivacySetting: () =>
      ask<{ isNeeded: boolean; contractName: string }>((answer, fail) => {
        // A host that knows no guide stops nothing for its sake.
        if (!host.getPrivacySetting) return answer({ isNeeded: false, contractName: '' });
        const success = (result: unknown) =>
          answer({
            isNeeded: fieldIn(result, 'needAuthorization') === true,
            contractName: textIn(result, 'privacyContractName'),
          });
        host.getPrivacySetting({ success, fail });
      }),

    onPrivacyNeeded(listener) {
      if (!abilities().privacy) return;
      quietly(() =>
        host.onNeedPrivacyAuthorization?.((resolve) => {
          if (isResolve(resolve)) listener(resolve);
        }),
      );
    },

    openPrivacyContract: () =>
      ask<void>((answer, fail) => {
        if (!host.openPrivacyContract) throw lacking('openPrivacyContract');
        host.openPrivacyContract({ success: () => answer(), fail });
      }),
  };
}

function isResolve(value: unknown): value is (answer: PrivacyAnswer) => void {
  return typeof value === 'function';
}
