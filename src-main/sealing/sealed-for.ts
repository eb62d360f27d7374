import { z } from 'zod';
import type { ReportId } from '../contract/ids.ts';

/** A seal as jose writes it, as far as it can be looked at without opening it. */
const sealSchema = z.object({
  protected: z.string().min(1),
  iv: z.string().min(1),
  aad: z.string(),
  ciphertext: z.string().min(1),
  tag: z.string().min(1),
  recipients: z.array(z.object({ encrypted_key: z.string().min(1), header: z.object({ kid: z.string() }) })),
});

/** Whether a text from a desk's page has the form of a seal that is bound to this report and meant for all of these keys. */
export function isSealedFor(text: string, reportId: ReportId, keyIds: readonly string[]): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return false;
  }
  const seal = sealSchema.safeParse(parsed);
  if (!seal.success || Buffer.from(seal.data.aad, 'base64url').toString() !== reportId) return false;
  const sealedFor = seal.data.recipients.map(({ header }) => header.kid);
  return keyIds.length > 0 && keyIds.every((kid) => sealedFor.includes(kid));
}
