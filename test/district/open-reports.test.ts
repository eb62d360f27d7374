import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { openReports } from '../../src-district/open-sealed.ts';
import type { KeptReport } from '../../src-district/reports.ts';
import { reportIdSchema } from '../../src-main/contract/ids.ts';
import { openingKeySchema, type OpeningKey } from '../../src-main/contract/keys.ts';
import { publicKeySchema } from '../../src-main/contract/keys.ts';
import { sealedReportSchema, type Report } from '../../src-main/contract/report.ts';
import { makeDistrictKey, makeKioskKey, type KeyPairText } from '../../src-main/sealing/make-keys.ts';
import { makeReport } from '../helpers/made-report.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';

const one = reportIdSchema.parse('0190b3a0-0000-7000-8000-000000000001');
const two = reportIdSchema.parse('0190b3a0-0000-7000-8000-000000000002');

const reportOf = (reportId: string): Report => makeReport(reportId, 'home');

const keyOf = (pair: KeyPairText): OpeningKey => openingKeySchema.parse(JSON.parse(pair.privateText));

const keep = (reportId: string, sealedReport: string): KeptReport => ({
  kioskId: '07-120',
  sequence: 1,
  takenInAt: '2026-11-20T12:00:00.000Z',
  review: null,
  entries: [],
  transfers: [],
  sealed: sealedReportSchema.parse({
    reportId,
    reference: '071200000000',
    receivedAt: '2026-11-20T12:00:00.000Z',
    lane: 'self',
    sealedSummary: 'x',
    sealedReport,
  }),
});

describe('reports opened at the district', () => {
  it('open with the key they were sealed for; foreign, moved and damaged ones stay shut', async () => {
    const [home, stranger] = await Promise.all([makeDistrictKey(), makeDistrictKey()]);
    const sealer = createSealer({
      districtKeys: new Map([['home', publicKeySchema.parse(JSON.parse(home.publicText))]]),
      homeDistrictId: 'home',
      stationKey: () => null,
    });
    const sealed = await sealer.seal(JSON.stringify(reportOf(one)), one, []);
    const good = keep(one, sealed);
    const moved = keep(two, sealed);
    const opened = await openReports([good, moved, keep(one, '{}'), keep(one, 'no JSON')], [keyOf(home)]);
    expect(opened.map(({ report }) => report?.reportId ?? null)).toEqual([one, null, null, null]);
    expect((await openReports([good], [keyOf(stranger)]))[0]?.report).toBeNull();
  });

  it('what staff added opens with them; an entry that was moved, renamed or is damaged stays shut', async () => {
    const home = await makeDistrictKey();
    const sealer = createSealer({
      districtKeys: new Map([['home', publicKeySchema.parse(JSON.parse(home.publicText))]]),
      homeDistrictId: 'home',
      stationKey: () => null,
    });
    const [entryId, otherId] = [randomUUID(), randomUUID()];
    const note = { entryId, reportId: one, kind: 'note', text: 'the owner has called' };
    const sealed = await sealer.seal(JSON.stringify(note), one, []);
    const place = { kioskId: '07-120', sequence: 2 };
    const entry = {
      ...place,
      entryId,
      kind: 'note',
      addedAt: '',
      addedBy: 'A. Opfundet',
      sealedEntry: sealed,
    };
    const entries = [
      entry,
      { ...entry, entryId: otherId },
      { ...entry, kind: 'rejection' },
      { ...entry, sealedEntry: '{}' },
      { ...entry, sealedEntry: await sealer.seal(JSON.stringify(note), two, []) },
    ];
    const kept = { ...keep(one, await sealer.seal(JSON.stringify(reportOf(one)), one, [])), entries };
    const [opened] = await openReports([kept], [keyOf(home)]);
    expect(opened?.entries.map(({ content }) => content)).toEqual([note, null, null, null, null]);
  });
});

describe("kiosks' keys in a folder", () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'skranke-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are named after their kiosk; a private or foreign file is named, not used', async () => {
    const keys = await makeKioskKey();
    writeFileSync(path.join(folder, '07-120.json'), keys.publicText);
    writeFileSync(path.join(folder, 'readme.txt'), 'x');
    const loaded = await loadKioskKeys(folder);
    expect(loaded.ok && [...loaded.keys.keys()]).toEqual(['07-120']);
    const missing = path.join(folder, 'missing');
    expect(await loadKioskKeys(missing)).toEqual({ ok: false, file: missing });
    const odd: [string, string][] = [
      ['07-121.json', keys.privateText],
      ['other.json', keys.publicText],
      ['07-122.json', '{'],
      ['07-123.json', (await makeDistrictKey()).publicText],
    ];
    for (const [name, text] of odd) {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      expect(await loadKioskKeys(folder)).toEqual({ ok: false, file });
      rmSync(file);
    }
  });
});
