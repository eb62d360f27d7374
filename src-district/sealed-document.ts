import { errors, generalDecrypt, importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import type { OpeningKey, PublicKey } from '../src-main/contract/keys.ts';
import type { HandedKey } from '../src-main/contract/transfer-api.ts';

/** A private key that opens documents, and takes their content keys out. */
export interface Opener {
  readonly kid: string;
  readonly opening: CryptoKey | Uint8Array;
  readonly unwrapping: CryptoKey;
}

const wrapping = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;

export async function importKeys(keys: readonly OpeningKey[]): Promise<readonly Opener[]> {
  return Promise.all(
    keys.map(async (key) => ({
      kid: key.kid,
      opening: await importJWK({ ...key, alg: 'RSA-OAEP-256' }),
      unwrapping: await crypto.subtle.importKey('jwk', { ...key }, wrapping, false, ['decrypt']),
    })),
  );
}

const recipientSchema = z.object({
  encrypted_key: z.string(),
  header: z.object({ alg: z.literal('RSA-OAEP-256'), kid: z.string() }),
});
const generalSchema = z.object({
  protected: z.string(),
  iv: z.string(),
  aad: z.string(),
  ciphertext: z.string(),
  tag: z.string(),
  recipients: z.array(recipientSchema),
});

export interface OpenedDocument {
  /** The JSON under the seal. */
  readonly content: unknown;
  /** Whose recipient it was, and the content key as it was wrapped for it. */
  readonly kid: string;
  readonly encryptedKey: string;
}

/**
 * Opens a document that is bound to this report; null when it does not open.
 * @param handed recipients that were added after it was sealed.
 */
export async function openDocument(
  sealedText: string,
  reportId: string,
  openers: readonly Opener[],
  handed: readonly HandedKey[] = [],
): Promise<OpenedDocument | null> {
  try {
    const document = generalSchema.parse(JSON.parse(sealedText));
    const recipients = [...document.recipients, ...handed.map(asRecipient)];
    for (const recipient of recipients) {
      const opener = openers.find(({ kid }) => kid === recipient.header.kid);
      if (opener === undefined) continue;
      const content = await open({ ...document, recipients: [recipient] }, reportId, opener);
      if (content !== undefined) return { content, kid: opener.kid, encryptedKey: recipient.encrypted_key };
    }
    return null;
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function asRecipient({ kid, encryptedKey }: HandedKey): z.infer<typeof recipientSchema> {
  return { encrypted_key: encryptedKey, header: { alg: 'RSA-OAEP-256', kid } };
}

async function open(
  document: z.infer<typeof generalSchema>,
  reportId: string,
  { opening }: Opener,
): Promise<unknown> {
  try {
    const opened = await generalDecrypt(document, opening, {
      keyManagementAlgorithms: ['RSA-OAEP-256'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const decoder = new TextDecoder();
    if (decoder.decode(opened.additionalAuthenticatedData) !== reportId) return undefined;
    return JSON.parse(decoder.decode(opened.plaintext));
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** The content key of a document that was opened, wrapped for somebody else; the document itself stays as it is. */
export async function wrapFor(
  { kid, encryptedKey }: OpenedDocument,
  openers: readonly Opener[],
  other: PublicKey,
): Promise<string> {
  const opener = openers.find((one) => one.kid === kid);
  if (opener === undefined) throw new Error('opened by a key that is not here');
  const contentKey = await crypto.subtle.decrypt(
    wrapping,
    opener.unwrapping,
    Buffer.from(encryptedKey, 'base64url'),
  );
  const publicKey = await crypto.subtle.importKey('jwk', { ...other }, wrapping, false, ['encrypt']);
  return Buffer.from(await crypto.subtle.encrypt(wrapping, publicKey, contentKey)).toString('base64url');
}
