import { z } from 'zod';
import type { ReportId } from '../contract/ids.ts';
import type { Sealer } from '../domain/ports.ts';

export type SealProbe =
  | { readonly ok: true; readonly recipients: readonly string[]; readonly hasStationKey: boolean }
  | { readonly ok: false; readonly problem: 'no-district-key' | 'cannot-seal' };

const probeSchema = z.object({
  aad: z.string(),
  ciphertext: z.string().min(1),
  tag: z.string().min(1),
  recipients: z.array(z.object({ encrypted_key: z.string().min(1), header: z.object({ kid: z.string() }) })),
});

const probeText = 'probe';

/** Seals a word and looks whether every recipient is there. `reportId` is any fresh id. */
export async function sealProbe(sealer: Sealer, reportId: ReportId): Promise<SealProbe> {
  const recipients = sealer.recipients();
  if (recipients.length === 0) return { ok: false, problem: 'no-district-key' };
  try {
    const sealed = probeSchema.parse(JSON.parse(await sealer.seal(probeText, reportId, [])));
    const sealedFor = sealed.recipients.map((recipient) => recipient.header.kid);
    const isWhole =
      recipients.every((kid) => sealedFor.includes(kid)) && sealedFor.length === recipients.length;
    const isBound = Buffer.from(sealed.aad, 'base64url').toString() === reportId;
    if (!isWhole || !isBound) return { ok: false, problem: 'cannot-seal' };
    return { ok: true, recipients, hasStationKey: sealer.hasStationKey() };
  } catch {
    return { ok: false, problem: 'cannot-seal' };
  }
}
