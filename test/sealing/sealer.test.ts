import fc from 'fast-check';
import { generalDecrypt, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicKeySchema, type PublicKey } from '../../src-main/contract/keys.ts';
import { reportIdSchema } from '../../src-main/contract/ids.ts';
import { sealedDocumentSchema } from '../../src-main/contract/report.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { makeDistrictKey, makeStationKey, type KeyPairText } from '../../src-main/sealing/make-keys.ts';
import { sealProbe } from '../../src-main/sealing/seal-probe.ts';

const reportId = reportIdSchema.parse('0190b3a0-0000-7000-8000-000000000001');
const otherId = reportIdSchema.parse('0190b3a0-0000-7000-8000-000000000002');
const publicOf = (pair: KeyPairText): PublicKey => publicKeySchema.parse(JSON.parse(pair.publicText));

const open = async (sealed: string, pair: KeyPairText): Promise<{ text: string; aad: string }> => {
  const key = await importJWK(JSON.parse(pair.privateText), 'RSA-OAEP-256');
  const opened = await generalDecrypt(JSON.parse(sealed), key);
  return {
    text: new TextDecoder().decode(opened.plaintext),
    aad: new TextDecoder().decode(opened.additionalAuthenticatedData),
  };
};
const kids = (sealed: string): string[] =>
  JSON.parse(sealed).recipients.map((recipient: { header: { kid: string } }) => recipient.header.kid);

describe('sealer', () => {
  let home: KeyPairText;
  let routed: KeyPairText;
  let station: KeyPairText;
  let stranger: KeyPairText;
  beforeAll(async () => {
    [home, routed, station, stranger] = await Promise.all([
      makeDistrictKey(),
      makeDistrictKey(),
      makeStationKey(),
      makeDistrictKey(),
    ]);
  });
  const sealerOf = (stationKey: () => PublicKey | null) =>
    createSealer({
      districtKeys: new Map([
        ['home', publicOf(home)],
        ['routed', publicOf(routed)],
      ]),
      homeDistrictId: 'home',
      stationKey,
    });

  it('whatever the text, every recipient opens it and nobody else does', async () => {
    const sealer = sealerOf(() => publicOf(station));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uuid(), async (text, id) => {
        const sealed = await sealer.seal(text, reportIdSchema.parse(id), ['home', 'routed', 'unknown']);
        expect(sealedDocumentSchema.safeParse(sealed).success).toBe(true);
        for (const pair of [home, routed, station]) {
          expect(await open(sealed, pair)).toEqual({ text, aad: id });
        }
        await expect(open(sealed, stranger)).rejects.toThrow();
      }),
      { numRuns: 25 },
    );
  });

  it('names its recipients: home, routed when it differs, the station last', async () => {
    let paired: PublicKey | null = null;
    const sealer = sealerOf(() => paired);
    expect(sealer.recipients()).toEqual([home.keyId]);
    expect(sealer.hasStationKey()).toBe(false);
    expect(kids(await sealer.seal('{}', reportId, ['home']))).toEqual([home.keyId]);
    paired = publicOf(station);
    expect(sealer.recipients()).toEqual([home.keyId, station.keyId]);
    expect(kids(await sealer.seal('{}', reportId, ['routed']))).toEqual([
      home.keyId,
      routed.keyId,
      station.keyId,
    ]);
  });

  it('a document moved to another report does not open', async () => {
    const sealed = JSON.parse(await sealerOf(() => null).seal('{}', reportId, []));
    sealed.aad = Buffer.from(otherId).toString('base64url');
    await expect(open(JSON.stringify(sealed), home)).rejects.toThrow();
  });

  it('without the key of the home district nothing is sealed', async () => {
    const sealer = createSealer({
      districtKeys: new Map([['routed', publicOf(routed)]]),
      homeDistrictId: 'home',
      stationKey: () => publicOf(station),
    });
    expect(sealer.recipients()).toEqual([]);
    await expect(sealer.seal('{}', reportId, ['routed'])).rejects.toThrow('no district key');
    expect(await sealProbe(sealer, reportId)).toEqual({ ok: false, problem: 'no-district-key' });
  });

  it('the probe names the recipients, and finds a key that cannot seal', async () => {
    expect(
      await sealProbe(
        sealerOf(() => null),
        reportId,
      ),
    ).toEqual({
      ok: true,
      recipients: [home.keyId],
      hasStationKey: false,
    });
    const broken = sealerOf(() => ({ ...publicOf(station), n: '!'.repeat(512) }));
    expect(await sealProbe(broken, reportId)).toEqual({ ok: false, problem: 'cannot-seal' });
  });
});
