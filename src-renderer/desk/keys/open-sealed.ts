import { errors, generalDecrypt, type GeneralJWE } from 'jose';
import type { OpenOutcome } from '../../state/desk-ports.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGeneralSeal(value: unknown): value is GeneralJWE {
  return (
    isMembers(value) &&
    typeof value['ciphertext'] === 'string' &&
    typeof value['aad'] === 'string' &&
    Array.isArray(value['recipients']) &&
    value['recipients'].every((recipient) => isMembers(recipient) && isMembers(recipient['header']))
  );
}

function parseSeal(sealedText: string): GeneralJWE | null {
  try {
    const parsed: unknown = JSON.parse(sealedText);
    return isGeneralSeal(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Whether the words after the seal are bound to this report and no other. */
function isBoundTo(reportId: string, additional: Uint8Array | undefined): boolean {
  return additional !== undefined && new TextDecoder().decode(additional) === reportId;
}

/**
 * Opens what was sealed for `keyId`, in memory. The additional data must be the id of the very report that was asked
 * for: otherwise somebody has exchanged two rows.
 */
export async function openSealed(
  key: CryptoKey,
  keyId: string,
  sealedText: string,
  reportId: string,
): Promise<OpenOutcome> {
  const seal = parseSeal(sealedText);
  if (seal === null) return { ok: false, problem: 'broken-seal' };
  const mine = seal.recipients.filter((recipient) => recipient.header?.kid === keyId);
  if (mine.length === 0) return { ok: false, problem: 'wrong-key' };
  try {
    const opened = await generalDecrypt({ ...seal, recipients: mine }, key, {
      keyManagementAlgorithms: ['RSA-OAEP-256'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    if (!isBoundTo(reportId, opened.additionalAuthenticatedData))
      return { ok: false, problem: 'other-report' };
    return { ok: true, text: decoder.decode(opened.plaintext) };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) {
      return { ok: false, problem: 'broken-seal' };
    }
    throw error;
  }
}
