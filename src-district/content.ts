import { createHash } from 'node:crypto';
import { compactVerify, errors, importJWK } from 'jose';
import { z } from 'zod';
import {
  contentReportSchema,
  partBytes,
  type ContentOffer,
  type ContentRefusal,
  type ContentReport,
  type ContentRequest,
} from '../src-main/contract/content-api.ts';
import { contentStandingSchema, type PackageClaims } from '../src-main/contract/content-package.ts';
import { kioskIdSchema, type KioskId } from '../src-main/contract/ids.ts';
import { readJson, type KioskKeyFinder } from './check-batch.ts';
import type { IntakeDatabase } from './intake-database.ts';

export type PublishOutcome = 'published' | 'same' | 'version-taken';

/** Lays a package out for the kiosks of its district. A version is published once. */
export async function publishContent(
  database: IntakeDatabase,
  claims: PackageClaims,
  bytes: Uint8Array,
): Promise<PublishOutcome> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { district, version, activateAt, kiosks } = claims;
  return database.transaction(async (transaction) => {
    const made = await transaction.query(
      `INSERT INTO content_package (district, version, sha256, activate_at, kiosks, bytes)
       VALUES ($1::text, $2::text::bigint, $3::text, nullif($4::text, ''), nullif($5::text, ''), $6::text::bigint)
       ON CONFLICT DO NOTHING RETURNING sha256`,
      [
        district.number,
        String(version),
        sha256,
        activateAt ?? '',
        kiosks === null ? '' : JSON.stringify(kiosks),
        String(bytes.length),
      ],
    );
    if (made.length === 0) {
      const same = await transaction.query('SELECT sha256 FROM content_package WHERE sha256 = $1::text', [
        sha256,
      ]);
      return same.length > 0 ? 'same' : 'version-taken';
    }
    for (let part = 0; part * partBytes < bytes.length; part += 1)
      await transaction.query(
        'INSERT INTO content_part (sha256, part, data) VALUES ($1::text, $2::text::bigint, $3::text)',
        [
          sha256,
          String(part),
          Buffer.from(bytes.subarray(part * partBytes, (part + 1) * partBytes)).toString('base64'),
        ],
      );
    return 'published';
  });
}

const packageRow = z
  .object({
    district: z.string(),
    version: z.coerce.number().int(),
    sha256: z.string(),
    activate_at: z.string().nullable(),
    kiosks: z.string().nullable(),
    bytes: z.coerce.number().int(),
  })
  .transform(({ activate_at, kiosks, ...row }) => ({
    ...row,
    activateAt: activate_at,
    kiosks: kiosks === null ? null : z.array(kioskIdSchema).parse(JSON.parse(kiosks)),
  }));
export type PublishedPackage = z.infer<typeof packageRow>;

const columns = 'district, version::text AS version, sha256, activate_at, kiosks, bytes::text AS bytes';

export async function listPackages(database: IntakeDatabase): Promise<readonly PublishedPackage[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(`SELECT ${columns} FROM content_package ORDER BY district, version`),
  );
  return z.array(packageRow).parse(rows);
}

/** A later version that goes live no later stands in the place of an earlier one. */
function isReplaced(one: PublishedPackage, others: readonly PublishedPackage[]): boolean {
  return others.some(
    ({ version, activateAt }) => version > one.version && (activateAt ?? '') <= (one.activateAt ?? ''),
  );
}

const mostOffers = 20;

/** What a kiosk has not got yet, of what will be on its screen one day. */
export async function offersFor(
  database: IntakeDatabase,
  { kioskId, standing }: ContentReport,
): Promise<readonly ContentOffer[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `SELECT ${columns} FROM content_package WHERE district = $1::text AND version > $2::text::bigint ORDER BY version`,
      [kioskId.slice(0, 2), String(standing.live?.version ?? 0)],
    ),
  );
  const ours = z
    .array(packageRow)
    .parse(rows)
    .filter(({ kiosks }) => kiosks === null || kiosks.includes(kioskId));
  return ours
    .filter((one) => !isReplaced(one, ours))
    .slice(-mostOffers)
    .map(({ version, sha256, bytes }) => ({ version, sha256, bytes }));
}

/** Null when there is no such part. */
export async function findPart(
  database: IntakeDatabase,
  sha256: string,
  part: number,
): Promise<string | null> {
  const rows = await database.transaction((transaction) =>
    transaction.query('SELECT data FROM content_part WHERE sha256 = $1::text AND part = $2::text::bigint', [
      sha256,
      String(part),
    ]),
  );
  return z.array(z.object({ data: z.string() })).parse(rows)[0]?.data ?? null;
}

export type ReportReading =
  | { readonly ok: true; readonly report: ContentReport }
  | { readonly ok: false; readonly problem: ContentRefusal | 'malformed' };

/** Believes only what a key of the kiosk signed. */
export async function readReport(
  { kioskId, report }: ContentRequest,
  findKeys: KioskKeyFinder,
): Promise<ReportReading> {
  const keys = await findKeys(kioskId);
  if (keys.length === 0) return { ok: false, problem: 'unknown-kiosk' };
  for (const key of keys) {
    try {
      const { payload } = await compactVerify(report, await importJWK({ ...key, alg: 'ES256' }), {
        algorithms: ['ES256'],
      });
      const said = contentReportSchema.safeParse(readJson(new TextDecoder().decode(payload)));
      if (!said.success) return { ok: false, problem: 'malformed' };
      if (said.data.kioskId === kioskId) return { ok: true, report: said.data };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return { ok: false, problem: 'bad-signature' };
}

export async function noteReport(
  database: IntakeDatabase,
  { kioskId, standing }: ContentReport,
): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query(
      `INSERT INTO content_report (kiosk_id, standing) VALUES ($1::text, $2::text)
       ON CONFLICT (kiosk_id) DO UPDATE SET standing = excluded.standing, reported_at = now()`,
      [kioskId, JSON.stringify(standing)],
    ),
  );
}

const reportRow = z
  .object({ kiosk_id: kioskIdSchema, standing: z.string(), reported_at: z.string() })
  .transform(({ kiosk_id, standing, reported_at }) => ({
    kioskId: kiosk_id,
    reportedAt: reported_at,
    standing: contentStandingSchema.parse(JSON.parse(standing)),
  }));

/** What every kiosk last said that it shows. */
export async function listContentReports(
  database: IntakeDatabase,
): Promise<readonly (z.infer<typeof reportRow> & { readonly kioskId: KioskId })[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `SELECT kiosk_id, standing, to_char(reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS reported_at
       FROM content_report ORDER BY kiosk_id`,
    ),
  );
  return z.array(reportRow).parse(rows);
}
