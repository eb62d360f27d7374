import { copyFile, mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { makeDistrictKeyFiles } from '../../src-main/app/district-keys.ts';
import { transferCommand } from '../../src-main/cli/district-transfer-command.ts';
import { publicKeySchema } from '../../src-main/contract/keys.ts';
import { transferSchema } from '../../src-main/contract/transfer-api.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { freshReportId, makeChainKiosk } from '../helpers/event-chain.ts';
import { makeReport } from '../helpers/made-report.ts';
import { openOrFail } from '../helpers/opening.ts';
import { makeFolder } from '../helpers/test-store.ts';

const handedSchema = z.object({ ok: z.literal(true), isNew: z.boolean(), transfer: transferSchema });

afterEach(() => vi.restoreAllMocks());

/** What the command prints, and how it ends. */
async function run(database: IntakeDatabase, argv: readonly string[], keys?: string, to?: string) {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const options = { json: true, keys, to, reason: 'found in Aalborg', showsContact: false };
  const code = await transferCommand(database, argv, options);
  vi.restoreAllMocks();
  return { code, out };
}

it('a district without a case system hands a report to another one by commands, and hears that it came', async () => {
  const folder = makeFolder();
  const place = (name: string): string => join(folder, name);
  for (const district of ['fyn', 'nordjylland']) {
    await mkdir(place(district));
    await makeDistrictKeyFiles(place(district), district);
  }
  const fyn = publicKeySchema.parse(JSON.parse(readFileSync(place('fyn/fyn.jwk.json'), 'utf8')));
  const sealer = createSealer({
    districtKeys: new Map([['fyn', fyn]]),
    homeDistrictId: 'fyn',
    stationKey: () => null,
  });
  const reportId = freshReportId();
  const report = makeReport(reportId, 'fyn');
  const { reference, receivedAt } = report;
  const body = {
    ...{ reportId, reference, receivedAt, lane: 'self' },
    sealedSummary: await sealer.seal(JSON.stringify(report.summary), reportId, []),
    sealedReport: await sealer.seal(JSON.stringify(report), reportId, []),
  };
  const kiosk = await makeChainKiosk('06-120');
  kiosk.addWire({ kind: 'report-received', reportId, body: JSON.stringify(body) });
  const database = await openOrFail('pglite:memory');
  const kioskKeys = new Map([[kiosk.kioskId, kiosk.publicKey]]);
  await createIntake({ database, kioskKeys }).handleBatch(await kiosk.batch(1, 1));

  const typed = `${reference.slice(0, 5)}-${reference.slice(5)}`;
  const hand = () => run(database, [typed], place('fyn'), 'nordjylland');
  const receive = () => run(database, ['receive', typed], place('nordjylland'));
  const early = await hand();
  expect(early.code).toBe(1);
  expect(JSON.parse(early.out)).toMatchObject({ ok: false, problem: 'unknown-district' });
  expect((await receive()).code).toBe(1);

  await copyFile(place('nordjylland/nordjylland.jwk.json'), place('fyn/nordjylland.jwk.json'));
  const first = handedSchema.parse(JSON.parse((await hand()).out));
  expect(first).toMatchObject({ isNew: true, transfer: { from: '06', to: '01', receivedAt: null } });
  const received = await receive();
  expect(received.code).toBe(0);
  expect(JSON.parse(received.out)).toMatchObject({ report: { reportId, reference } });
  const again = handedSchema.parse(JSON.parse((await hand()).out));
  expect(again.isNew).toBe(false);
  expect(again.transfer.receivedAt).not.toBeNull();
  const list = await run(database, ['list']);
  expect(JSON.parse(list.out)).toMatchObject({ reference, ...again.transfer });
  expect((await run(database, ['due'], place('fyn'))).code).toBe(0);
  await expect(run(database, ['12'], place('fyn'), 'nordjylland')).rejects.toThrow('twelve digits');
  await database.close();
});
