import { z } from 'zod';
import type { DistrictOverview } from '../src-main/contract/district-page.ts';
import type { KioskPublicKey } from '../src-main/contract/keys.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';
import { listKiosks, type KioskOverview } from './kiosk-registry.ts';
import { listReaders } from './readers.ts';

const instant = (column: string, name = column): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${name}`;

const keyRows = z.array(
  z.object({
    kiosk_id: z.string(),
    key_id: z.string(),
    added_at: z.string(),
    state: z.enum(['counts', 'renewed', 'revoked']),
  }),
);
const codeRows = z.array(z.object({ kiosk_id: z.string(), expires_at: z.string() }));
const behindRows = z.array(z.object({ name: z.string(), behind: z.coerce.number().int() }));
const countRows = z.array(z.object({ count: z.coerce.number().int() }));

/** Everything the page shows, as it stands now. */
export async function readOverview(
  database: IntakeDatabase,
  administrator: string,
  inFolder: ReadonlyMap<string, KioskPublicKey>,
): Promise<DistrictOverview> {
  const [held, readers, rest] = await Promise.all([
    listKiosks(database),
    listReaders(database),
    database.transaction(readRest),
  ]);
  const kioskIds = new Set([
    ...held.map(({ kioskId }) => kioskId),
    ...rest.codes.map(({ kiosk_id }) => kiosk_id),
    ...rest.keys.map(({ kiosk_id }) => kiosk_id),
    ...inFolder.keys(),
  ]);
  return {
    administrator,
    now: new Date().toISOString(),
    kiosks: [...kioskIds]
      .toSorted()
      .map((kioskId) => describeKiosk(kioskId, held, rest, inFolder.has(kioskId))),
    readers: readers.map((reader) => ({
      ...reader,
      behind: rest.behind.find(({ name }) => name === reader.name)?.behind ?? 0,
    })),
    transfersWaiting: rest.transfersWaiting,
  };
}

function describeKiosk(
  kioskId: string,
  held: readonly KioskOverview[],
  { keys, codes }: Awaited<ReturnType<typeof readRest>>,
  hasKeyInFolder: boolean,
): DistrictOverview['kiosks'][number] {
  const kiosk = held.find((one) => one.kioskId === kioskId);
  return {
    kioskId,
    // A row that was made by a registration has delivered nothing yet.
    lastContactAt: kiosk === undefined || kiosk.through === 0 ? null : kiosk.lastContactAt,
    through: kiosk?.through ?? 0,
    parked: kiosk?.parked ?? 0,
    otherHistories: kiosk?.otherHistories ?? 0,
    keys: keys
      .filter(({ kiosk_id }) => kiosk_id === kioskId)
      .map(({ key_id, added_at, state }) => ({ keyId: key_id, addedAt: added_at, state })),
    hasKeyInFolder,
    codeUntil: codes.find(({ kiosk_id }) => kiosk_id === kioskId)?.expires_at ?? null,
  };
}

async function readRest(transaction: IntakeTransaction) {
  return {
    keys: keyRows.parse(
      await transaction.query(
        `SELECT k.kiosk_id, k.key_id, ${instant('k.added_at', 'added_at')},
           CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.through_sequence IS NOT NULL THEN 'renewed'
             ELSE 'counts' END AS state
         FROM kiosk_key k ORDER BY k.kiosk_id, k.added_at DESC, k.key_id`,
      ),
    ),
    codes: codeRows.parse(
      await transaction.query(
        `SELECT c.kiosk_id, ${instant('c.expires_at', 'expires_at')} FROM enrolment_code c
         WHERE c.used_key_id IS NULL AND c.expires_at > now() ORDER BY c.kiosk_id`,
      ),
    ),
    behind: behindRows.parse(
      await transaction.query(
        `SELECT r.name, coalesce(sum(k.through_sequence - coalesce(m.through_sequence, 0)), 0)::text AS behind
         FROM reader r
         LEFT JOIN kiosk k ON k.kiosk_id LIKE coalesce(r.district, '__') || '-%'
         LEFT JOIN reader_mark m ON m.reader = r.name AND m.kiosk_id = k.kiosk_id
         GROUP BY r.name ORDER BY r.name`,
      ),
    ),
    transfersWaiting:
      countRows.parse(
        await transaction.query('SELECT count(*)::text AS count FROM transfer WHERE received_at IS NULL'),
      )[0]?.count ?? 0,
  };
}
