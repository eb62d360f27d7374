import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { partBytes } from '../../src-main/contract/content-api.ts';
import type { ContentStanding } from '../../src-main/contract/content-package.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import type { ContentSigningKey } from '../../src-main/contract/keys.ts';
import type { ContentLine } from '../../src-main/domain/ports.ts';
import { openPackage } from '../../src-main/sealing/content-package.ts';
import { createContentPump, type ContentDesk } from '../../src-main/sync/content-pump.ts';
import {
  findPart,
  listContentReports,
  noteReport,
  offersFor,
  publishContent,
} from '../../src-district/content.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { makeSigner, makeTestPackage, newsFiles, publicOf } from '../helpers/content-packages.ts';
import { makeContentRequest } from '../helpers/content-report.ts';
import { openOrFail } from '../helpers/opening.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';

/* What a district lays out, and how a kiosk fetches it over a line that lies, breaks and stalls. */

let key: ContentSigningKey;
let database: IntakeDatabase;
beforeAll(async () => {
  key = await makeSigner();
  database = await openOrFail('pglite:memory');
});
afterAll(() => database.close());

const kioskId = kioskIdSchema.parse('06-120');
const nothing: ContentStanding = {
  ...{ live: null, previous: null, staged: [], refused: [], isWaitingForVisitor: false },
};

async function publish(said: Parameters<typeof makeTestPackage>[1], files = newsFiles(said.version)) {
  const bytes = await makeTestPackage(key, said, files);
  const opening = await openPackage(bytes, [publicOf(key)]);
  if (!opening.ok) throw new Error(opening.problem);
  return { bytes, outcome: await publishContent(database, opening.opened.claims, bytes) };
}
const offered = async (live = 0, to = kioskId): Promise<number[]> => {
  const since = '2026-11-20T12:00:00.000Z';
  const standing = { ...nothing, live: live === 0 ? null : { version: live, activateAt: null, since } };
  return (await offersFor(database, { kioskId: to, standing })).map(({ version }) => version);
};

test('a kiosk is offered what will be on its screen one day, and no version that was replaced before its time', async () => {
  const { bytes, outcome } = await publish({ version: 1 });
  expect(outcome).toBe('published');
  expect(await offered()).toEqual([1]);
  await publish({ version: 2, activateAt: '2026-12-20T06:00' });
  await publish({ version: 3, kiosks: [kioskIdSchema.parse('06-121')] });
  expect(await offered()).toEqual([1, 2]);
  expect(await offered(0, kioskIdSchema.parse('06-121'))).toEqual([3]);
  expect(await offered(1)).toEqual([2]);
  expect(await offered(0, kioskIdSchema.parse('07-120'))).toEqual([]);
  await publish({ version: 4 });
  expect(await offered()).toEqual([4]);
  const same = await openPackage(bytes, [publicOf(key)]);
  expect(same.ok && (await publishContent(database, same.opened.claims, bytes))).toBe('same');
  expect((await publish({ version: 1 }, newsFiles(9))).outcome).toBe('version-taken');
});

test('what a kiosk says of itself is kept, the newest only', async () => {
  await noteReport(database, { kioskId, standing: nothing });
  const at = '2026-11-20T12:00:00.000Z';
  const refused = [{ version: 4, problem: 'does-not-fit' as const, detail: 'hours.json: nystad.', at }];
  await noteReport(database, { kioskId, standing: { ...nothing, refused } });
  expect(await listContentReports(database)).toMatchObject([{ kioskId, standing: { refused } }]);
});

describe('a kiosk that fetches', () => {
  let bytes: Uint8Array;
  let asked: number[];
  /** What becomes of the n-th part that is asked for. */
  let meddle: (part: Uint8Array, nth: number) => Uint8Array | null;
  let offeredBytes: number;
  let taken: Uint8Array[];
  let refused: { version: number; problem: string }[];
  let standing: ContentStanding;
  const desk: ContentDesk = {
    standing: () => standing,
    take: (found) => {
      taken.push(found);
      standing = { ...standing, staged: [{ version: 9, activateAt: null }] };
      return Promise.resolve({ kind: 'staged' });
    },
    noteRefusal: ({ version, problem }) => {
      refused.push({ version, problem });
      return Promise.resolve();
    },
    onChange: () => () => undefined,
  };
  let keyText: string;
  const line: ContentLine = {
    offers: () => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const time = '2026-11-20T13:32:00.000Z';
      return Promise.resolve({
        ok: true,
        offers: { time, packages: [{ version: 9, sha256, bytes: offeredBytes }] },
      });
    },
    part: ({ part }) => {
      asked.push(part);
      const whole = bytes.subarray(part * partBytes, (part + 1) * partBytes);
      return Promise.resolve(meddle(whole, asked.length));
    },
  };
  const open = () =>
    createContentPump({
      ...{ line, desk, hearTime: () => undefined },
      log: { note: () => undefined, warn: () => undefined },
      sign: () => makeContentRequest('06-120', keyText),
    });

  beforeAll(async () => {
    keyText = (await makeKioskKey()).privateText;
    const files = newsFiles(9).set('desk.json', JSON.stringify({ filling: 'x'.repeat(partBytes * 2) }));
    bytes = await makeTestPackage(key, { version: 9 }, files);
  });
  beforeEach(() => {
    asked = [];
    taken = [];
    refused = [];
    standing = nothing;
    meddle = (part) => part;
    offeredBytes = bytes.length;
  });

  test('has it whole, and asks no more for what it has', async () => {
    const pump = open();
    await pump.fetchNow();
    await pump.fetchNow();
    expect(asked).toEqual([0, 1, 2]);
    expect(taken.map((found) => Buffer.compare(found, bytes))).toEqual([0]);
  });

  test('goes on where the line broke', async () => {
    const pump = open();
    meddle = (part, nth) => (nth === 2 ? null : part);
    await pump.fetchNow();
    expect([taken, asked]).toEqual([[], [0, 1]]);
    await pump.fetchNow();
    expect(asked).toEqual([0, 1, 1, 2]);
    expect(taken).toHaveLength(1);
  });

  test('reads no more than it was offered, and believes no part of another length', async () => {
    const pump = open();
    meddle = (part) => Buffer.concat([part, Buffer.from('x')]);
    await pump.fetchNow();
    meddle = (part) => part.subarray(1);
    await pump.fetchNow();
    expect([taken, refused]).toEqual([[], []]);
    meddle = (part) => part;
    offeredBytes = partBytes + 7;
    await pump.fetchNow();
    expect(taken).toEqual([]);
  });

  test('refuses other bytes than were offered, once, and says so', async () => {
    const pump = open();
    meddle = (part) => Buffer.alloc(part.length, 0);
    await pump.fetchNow();
    expect([taken, refused]).toEqual([[], [{ version: 9, problem: 'altered' }]]);
  });

  test('does not fetch again by itself what IT took back', async () => {
    const at = '2026-11-20T12:00:00.000Z';
    standing = { ...nothing, refused: [{ version: 9, problem: 'rolled-back', detail: null, at }] };
    await open().fetchNow();
    expect(asked).toEqual([]);
  });
});

test('a part that nobody laid out is none', async () => {
  expect(await findPart(database, 'f'.repeat(64), 0)).toBeNull();
});
