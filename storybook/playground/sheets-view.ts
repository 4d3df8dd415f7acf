import type { Person, Sheet } from '../../simulator/index.js';
import { element } from '../element.js';
import { createHostSheet, type HostSheetOptions } from '../phone/host-sheet.js';
import type { Gallery, GalleryPicture } from './gallery.js';
import type { Say } from './texts.js';

export interface SheetParts {
  person: Person;
  gallery: Gallery;
  say: Say;
  /** Which picture is about to be given. */
  choose(picture: GalleryPicture): void;
  /** The person gives another of their numbers from now on. */
  useOtherNumber(): Promise<void>;
}

/** What the host asks, as the person sees it and answers it. */
export function sheetView(sheet: Sheet, parts: SheetParts): HTMLElement {
  return createHostSheet({ closeLabel: parts.say('close'), close: () => sheet.cancel(), ...wordsOf(sheet, parts) });
}

type Words = Omit<HostSheetOptions, 'close' | 'closeLabel'>;

function wordsOf(sheet: Sheet, { person, gallery, say, choose, useOtherNumber }: SheetParts): Words {
  const yesOrNo = [
    { label: say('refuse'), look: 'no', press: () => sheet.deny() },
    { label: say('allow'), look: 'yes', press: () => sheet.allow() },
  ] as const;
  switch (sheet.question) {
    case 'getPhoneNumber':
    case 'getRealtimePhoneNumber':
      return {
        title: say('asksPhone'),
        content: [element('b', {}, person.phoneNumber)],
        actions: [
          { label: say('otherNumber'), look: 'row', press: () => void useOtherNumber().then(() => sheet.allow()) },
          ...yesOrNo,
        ],
      };
    case 'chooseAvatar': {
      const give = (picture: GalleryPicture) => {
        choose(picture);
        sheet.allow(picture.bytes);
      };
      return {
        title: say('asksAvatar'),
        actions: [
          { label: say('ownPicture'), look: 'row', press: () => give(gallery.own) },
          { label: say('album'), look: 'row', press: () => give(gallery.album) },
          { label: say('badPicture'), look: 'row', press: () => sheet.deny() },
        ],
      };
    }
    case 'privacy':
      return { title: say('asksPrivacy'), actions: yesOrNo };
    default:
      return {
        title: say('asksProfile'),
        content: [element('img', { src: gallery.own.address, alt: '' }), element('b', {}, person.nickname)],
        actions: yesOrNo,
      };
  }
}
