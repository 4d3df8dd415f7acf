import type { Callbacks, Caller } from '../host/caller.js';
import type { HostCallName } from './host-object.js';
import type { Privacy, PrivacyListener } from './privacy.js';

/** The APIs around the app's privacy guide (W-16). There is none to unregister the listener. */
export function createPrivacyApis(privacy: Privacy, caller: Caller<HostCallName>) {
  return {
    later: {
      getPrivacySetting(option: Callbacks = {}) {
        const work = () => ({
          needAuthorization: privacy.needsAuthorization,
          privacyContractName: '《模拟小程序隐私保护指引》',
        });
        caller.call({ api: 'getPrivacySetting', callbacks: option, work });
      },
      requirePrivacyAuthorize(option: Callbacks = {}) {
        const work = async () => {
          await privacy.guard('requirePrivacyAuthorize');
          return {};
        };
        caller.call({ api: 'requirePrivacyAuthorize', callbacks: option, work });
      },
      openPrivacyContract(option: Callbacks = {}) {
        caller.call({ api: 'openPrivacyContract', callbacks: option, work: () => ({}) });
      },
    },
    atOnce: {
      onNeedPrivacyAuthorization: (listener: PrivacyListener) => privacy.listen(listener),
    },
  };
}
