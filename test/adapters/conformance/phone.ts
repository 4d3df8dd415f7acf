import { expect } from 'vitest';
import type { PhoneProof } from '../../../ports/phone.js';
import type { Question } from './asking.js';

/** The phone button is pressed, and its event read. */
export const readPhone: Question<PhoneProof> = {
  ask: ({ platform, press }) => press('phone').then((detail) => platform.readPhone(detail)),
  isRight(proof) {
    if ('phoneCode' in proof) expect(proof.phoneCode.reveal()).toMatch(/\S/);
    else
      expect([proof.encryptedData.reveal(), proof.iv]).toEqual([
        expect.stringMatching(BASE64),
        expect.stringMatching(BASE64),
      ]);
  },
};

/** G-04: verbatim. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
