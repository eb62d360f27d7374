import type { IncomingMessage } from 'node:http';
import { contentPartRequestSchema, contentRequestSchema } from '../src-main/contract/content-api.ts';
import { findPart, noteReport, offersFor, readReport } from './content.ts';
import { readJsonBody } from './http-body.ts';
import type { Administration } from './kiosk-handlers.ts';
import { createKeyFinder } from './kiosk-registry.ts';
import { problem, type Reply } from './reply.ts';

export async function tellContent(
  { database, kioskKeys = new Map() }: Administration,
  request: IncomingMessage,
): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) return problem(body.status, 'malformed');
  const asked = contentRequestSchema.safeParse(body.content);
  if (!asked.success) return problem(400, 'malformed');
  const reading = await readReport(asked.data, createKeyFinder(database, kioskKeys));
  if (!reading.ok) {
    const reply = problem(reading.problem === 'malformed' ? 400 : 403, reading.problem);
    return reading.problem === 'malformed' ? reply : { ...reply, isUntrue: true };
  }
  await noteReport(database, reading.report);
  const packages = await offersFor(database, reading.report);
  return { status: 200, body: { time: new Date().toISOString(), packages } };
}

export async function tellPart({ database }: Administration, request: IncomingMessage): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) return problem(body.status, 'malformed');
  const asked = contentPartRequestSchema.safeParse(body.content);
  if (!asked.success) return problem(400, 'malformed');
  const { sha256, part } = asked.data;
  const data = await findPart(database, sha256, part);
  return data === null ? problem(404, 'not-found') : { status: 200, body: { part, data } };
}
