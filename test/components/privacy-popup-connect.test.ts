import { describe, expect, it } from 'vitest';
import { connect, type PrivacyPopupPlace } from '../../components/privacy-popup/connect.js';
import { texts } from '../../components/privacy-popup/texts.js';
import type { PrivacySnapshot } from '../../machines/auth-privacy.js';
import type { Locale } from '../../ports/failure.js';

const locales: Locale[] = ['zh', 'en'];
const asked: PrivacySnapshot = { isAsking: true, contractName: '《指引》' };
const calm: PrivacySnapshot = { isAsking: false, contractName: '《指引》' };
const shown: PrivacyPopupPlace = { isShown: true, isDrawn: false };

describe.each(locales)('the popup in %s', (locale) => {
  it('asks in sentences around the name of the guide', () => {
    const { asking, name, ...says } = connect(asked, { texts: {} }, shown, locale);
    expect([asking, name]).toEqual([true, '《指引》']);
    expect(says).toEqual(texts[locale]);
  });

  it('speaks the words of the page in the place of its own, where there are any', () => {
    expect(connect(asked, { texts: { agree: 'Go', title: '' } }, shown, locale)).toMatchObject({
      agree: 'Go',
      title: texts[locale].title,
    });
    expect(connect(asked, { texts: null }, shown, locale).agree).toBe(texts[locale].agree);
  });
});

describe('the popup is on the screen', () => {
  const places: [what: string, snapshot: PrivacySnapshot | null, place: PrivacyPopupPlace, asking: boolean][] = [
    ['on the visible page while somebody is asked', asked, shown, true],
    ['on no page that is covered', asked, { isShown: false, isDrawn: false }, false],
    ['still, while the guide covers its page', asked, { isShown: false, isDrawn: true }, true],
    ['never where nobody is asked', calm, shown, false],
    ['not any more once it is answered', calm, { isShown: true, isDrawn: true }, false],
    ['never where the app has made no auth', null, shown, false],
  ];

  it.each(places)('%s', (_, snapshot, place, asking) => {
    expect(connect(snapshot, { texts: {} }, place, 'zh').asking).toBe(asking);
  });
});
