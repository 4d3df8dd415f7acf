import { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { PlainProfile, SealedProfile, SignedProfile, setHostProfile } from './host-profiles.js';
import type { ProfileUpdateOptions } from './profile-updates.js';
import { answerUser } from './public-user.js';

const SignedOrPlain = z.union([SignedProfile, PlainProfile], {
  error: 'Either userInfo alone, or rawData, signature, encryptedData and iv, beside sync',
});

/** The profile that a host tells of its person. */
export function hostProfileEndpoints(host: Host, options: ProfileUpdateOptions) {
  const body: z.ZodType<z.output<typeof SignedOrPlain> | z.output<typeof SealedProfile>> =
    host.profiles === 'signed' ? SignedOrPlain : SealedProfile;

  return {
    /** `POST /denglu/<host>/profile`: what the person let the host tell. */
    setProfile: jsonEndpoint('POST', `/denglu/${host.name}/profile`, body, async (body, ctx) =>
      answerUser(await setHostProfile(ctx, host, options, body)),
    ),
  };
}
