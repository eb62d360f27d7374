import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { feed, feedAcknowledgementSchema } from '../src-main/contract/reader-api.ts';
import { transferRequestSchema } from '../src-main/contract/transfer-api.ts';
import type { IntakeDistrict } from './districts.ts';
import { acknowledgeFeed, readFeed } from './feed.ts';
import { readJsonBody } from './http-body.ts';
import type { IntakeDatabase } from './intake-database.ts';
import type { Administration } from './kiosk-handlers.ts';
import { findReader, type Reader } from './readers.ts';
import { problem, wrongToken, type Handler, type Handlers, type Reply } from './reply.ts';
import { listReports } from './reports.ts';
import { handOver } from './transfers.ts';

/** What case systems and Prometheus ask for; `metrics` writes the counts. */
export function createReaderHandlers(
  { database, districts }: Administration,
  metrics: (database: IntakeDatabase) => Promise<string>,
): Handlers {
  const forReader =
    (reply: (reader: Reader, request: IncomingMessage) => Promise<Reply>): Handler =>
    async (request) => {
      const token = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
      const reader = token === undefined ? null : await findReader(database, token);
      return reader === null ? wrongToken() : reply(reader, request);
    };
  return {
    feed: forReader((reader, request) => tellFeed(database, reader, request)),
    acknowledgeFeed: forReader((reader, request) => takeFeedAcknowledgement(database, reader, request)),
    transferReport: forReader((reader, request) => takeTransfer(database, districts, reader, request)),
    districts: forReader(async () => ({ status: 200, body: tellDistricts(districts) })),
    metrics: forReader(async () => ({ status: 200, body: await metrics(database) })),
  };
}

/** Lets whoever holds the token list the sealed reports: PGlite has one process at a time. */
export interface Reading {
  readonly database: IntakeDatabase;
  readonly token: string;
}

export async function tellReports({ database, token }: Reading, request: IncomingMessage): Promise<Reply> {
  if (!hasToken(request, token)) return wrongToken();
  return { status: 200, body: await listReports(database) };
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function tellFeed(database: IntakeDatabase, reader: Reader, request: IncomingMessage): Promise<Reply> {
  const [, query = ''] = (request.url ?? '').split('?');
  const asked = feed.query?.safeParse(Object.fromEntries(new URLSearchParams(query)));
  if (asked?.success !== true) return problem(400, 'malformed');
  return { status: 200, body: await readFeed(database, reader, Number(asked.data['limit'])) };
}

async function takeFeedAcknowledgement(
  database: IntakeDatabase,
  reader: Reader,
  request: IncomingMessage,
): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) return problem(body.status, 'malformed');
  const told = feedAcknowledgementSchema.safeParse(body.content);
  const kiosks = told.success ? await acknowledgeFeed(database, reader, told.data.cursor) : null;
  return kiosks === null ? problem(400, 'malformed') : { status: 200, body: { kiosks } };
}

async function takeTransfer(
  database: IntakeDatabase,
  districts: readonly IntakeDistrict[],
  reader: Reader,
  request: IncomingMessage,
): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) return problem(body.status, 'malformed');
  const asked = transferRequestSchema.safeParse(body.content);
  if (!asked.success) return problem(400, 'malformed');
  const outcome = await handOver(database, districts, reader.district, asked.data);
  if (!outcome.ok) return problem(outcome.problem === 'unknown-report' ? 404 : 422, outcome.problem);
  const { transfer, isNew } = outcome;
  const { reportId, turn, from, to } = transfer;
  const note = { event: 'report-transferred', facts: { reportId, turn, from, to } } as const;
  return { status: 200, body: { transfer, isNew }, ...(isNew ? { note } : {}) };
}

function tellDistricts(districts: readonly IntakeDistrict[]): readonly object[] {
  return districts.flatMap(({ district, districtId, keys }) =>
    district === null ? [] : [{ district, districtId, keys }],
  );
}
