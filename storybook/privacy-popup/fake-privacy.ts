import { fn } from 'storybook/test';
import type { AuthPrivacy, PrivacyPopup, PrivacySnapshot } from '../../machines/auth-privacy.js';

/** Consent that is asked for, or not, until a popup answers; the calls of its popups can be looked at. */
export function fakePrivacy(isAsking: boolean): AuthPrivacy & { readonly calls: PrivacyPopup } {
  const listeners = new Set<(snapshot: PrivacySnapshot) => void>();
  let snapshot: PrivacySnapshot = { isAsking, contractName: '《林间书店小程序隐私保护指引》' };
  const answer = () => {
    snapshot = { ...snapshot, isAsking: false };
    for (const listener of listeners) listener(snapshot);
  };
  const calls: PrivacyPopup = {
    shown: fn(),
    hidden: fn(),
    detached: fn(),
    seen: fn(),
    agree: fn(answer),
    disagree: fn(answer),
  };
  return {
    calls,
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    popup: () => calls,
    openContract: fn(),
  };
}
