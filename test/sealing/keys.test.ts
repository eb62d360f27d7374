import { compactVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import * as keyFiles from '../../src-main/sealing/key-files.ts';
import { makeDistrictKey, makeKioskKey, type KeyPairText } from '../../src-main/sealing/make-keys.ts';

describe('key files', () => {
  let district: KeyPairText;
  let kiosk: KeyPairText;
  beforeAll(async () => {
    [district, kiosk] = await Promise.all([makeDistrictKey(), makeKioskKey()]);
  });

  it('reads what it made', () => {
    expect(keyFiles.parseDistrictPublicKey(district.publicText)).toMatchObject({
      ok: true,
      key: { kid: district.keyId },
    });
    expect(keyFiles.parseDistrictPrivateKey(district.privateText).ok).toBe(true);
    expect(keyFiles.parseStationPublicKey(district.publicText).ok).toBe(true);
    expect(keyFiles.parseKioskSigningKey(kiosk.privateText).ok).toBe(true);
    expect(keyFiles.parseKioskPublicKey(kiosk.publicText).ok).toBe(true);
  });

  it('names a key without "kid" by its thumbprint', () => {
    const { kid: _kid, ...bare } = JSON.parse(district.publicText);
    expect(keyFiles.parseDistrictPublicKey(JSON.stringify(bare))).toMatchObject({
      ok: true,
      key: { kid: district.keyId },
    });
  });

  it('says in one sentence what is wrong with a key file of the wrong kind', () => {
    const cases: [string, string][] = [
      [district.privateText, 'found a private RSA key'],
      [kiosk.publicText, 'found a public EC key'],
      ['-----BEGIN PUBLIC KEY-----\n', 'found a PEM file'],
      ['[]', 'found no JWK'],
      ['{"kty":"OKP","x":"a"}', 'found a key of another kind'],
      [JSON.stringify({ ...JSON.parse(district.publicText), kid: 'another-name' }), 'is not its thumbprint'],
      [
        JSON.stringify({ kty: 'RSA', e: 'AQAB', n: 'A'.repeat(342) }),
        'found a public RSA key that is damaged or of another length',
      ],
    ];
    for (const [text, sentence] of cases) {
      const reading = keyFiles.parseDistrictPublicKey(text);
      if (reading.ok) throw new Error(`accepted: ${sentence}`);
      const said = keyFiles.describeKeyFault(reading.fault);
      expect(said).toContain("expected the district's public key");
      expect(said).toContain(sentence);
    }
    expect(keyFiles.parseKioskSigningKey(kiosk.publicText)).toMatchObject({
      ok: false,
      fault: { problem: 'wrong-kind', found: 'a public EC key' },
    });
  });

  it('a batch is signed so that the public half verifies it, and only it', async () => {
    const reading = keyFiles.parseKioskSigningKey(kiosk.privateText);
    if (!reading.ok) throw new Error('the key is good');
    const claims = {
      kioskId: kioskIdSchema.parse('07-120'),
      firstSequence: 1,
      lastSequence: 2,
      headHash: 'a'.repeat(64),
    };
    const signature = await createBatchSigner(reading.key).sign(claims);
    const publicKey = await importJWK(JSON.parse(kiosk.publicText), 'ES256');
    const verified = await compactVerify(signature, publicKey, { algorithms: ['ES256'] });
    expect(JSON.parse(new TextDecoder().decode(verified.payload))).toEqual(claims);
    expect(verified.protectedHeader.kid).toBe(kiosk.keyId);
    const stranger = await importJWK(JSON.parse((await makeKioskKey()).publicText), 'ES256');
    await expect(compactVerify(signature, stranger)).rejects.toThrow();
  });
});
