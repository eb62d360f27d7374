import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appendAudit } from '../../db/stores/audit.ts';
import { reportIdSchema } from '../contract/ids.ts';
import { sealProbe } from '../sealing/seal-probe.ts';
import type { RecentLog } from '../adapters/recent-log.ts';
import type { Store } from '../services/store.ts';
import type { AdminAnswer, AdminRequest, StationStatus } from './admin.ts';
import type { Config } from './config.ts';
import { answerContent } from './content-admin.ts';
import { openCopiesFolder } from './copies-folder.ts';
import { setEventAside, signBatch, tellDelivery } from './delivery-admin.ts';
import { answerDesk } from './desk-admin.ts';
import type { Identity } from './identity.ts';
import { renewSigningKey } from './renew-key.ts';
import type { StationServices } from './station-services.ts';
import { programVersion } from './version.ts';

export interface AdminParts {
  readonly config: Config;
  readonly identity: Identity;
  readonly store: Store;
  readonly services: StationServices;
  readonly log: RecentLog;
}

/** What IT's commands are told by the kiosk that owns the folder. */
export async function answerAdmin(parts: AdminParts, request: AdminRequest): Promise<AdminAnswer> {
  const { services } = parts;
  switch (request.ask) {
    case 'add-staff':
    case 'disable-staff':
    case 'reset-pin':
    case 'recover-staff':
    case 'list-staff':
    case 'make-pairing-code':
    case 'list-desks':
    case 'revoke-desk':
    case 'reset-desks':
      return answerDesk(services, request);
    case 'printer-status':
      return tellPrinter(services);
    case 'delivery-status':
    case 'renew-key':
    case 'set-event-aside':
    case 'sign-batch':
      return answerDelivery(parts, request);
    case 'content-standing':
    case 'install-content':
    case 'roll-back-content':
    case 'fetch-content':
      return answerContent(parts.config.dataDir, services.contentKeeper, request);
    case 'hold-door':
    case 'open-door':
      return answerDoor(services, request);
    case 'verify-audit':
      return { answer: 'audit', verdict: await services.auditTrail.verify() };
    case 'station-status':
      return { answer: 'station', station: await tellStation(parts) };
    case 'recent-log':
      return { answer: 'recent-log', events: [...parts.log.recent()] };
    case 'copy-database':
      return copyDatabase(parts, request.purpose);
    case 'print-test-page':
      return printTestPage(services);
  }
}

/** Of the line to the district. */
async function answerDelivery(
  parts: AdminParts,
  request: Extract<AdminRequest, { ask: 'delivery-status' | 'renew-key' | 'set-event-aside' | 'sign-batch' }>,
): Promise<AdminAnswer> {
  const { services } = parts;
  switch (request.ask) {
    case 'delivery-status':
      return tellDelivery(services);
    case 'renew-key':
      return renewSigningKey(parts);
    case 'set-event-aside':
      return setEventAside(services, request.sequence);
    case 'sign-batch':
      return signBatch(parts, request.afterSequence);
  }
}

function answerDoor(
  { door }: StationServices,
  request: Extract<AdminRequest, { ask: 'hold-door' | 'open-door' }>,
): AdminAnswer {
  if (request.ask === 'hold-door') return { answer: 'door', isHeld: door.hold(request.forSeconds * 1000) };
  door.open();
  return { answer: 'door', isHeld: false };
}

async function tellPrinter({ printerWatch, printerFacts, queue }: StationServices): Promise<AdminAnswer> {
  await printerWatch.refresh();
  return {
    answer: 'printer',
    printer: { ...printerFacts, ...printerWatch.current() },
    unprinted: queue.unprinted(),
  };
}

async function printTestPage(services: StationServices): Promise<AdminAnswer> {
  const printed = await services.printTestPage();
  const problem = printed.outcome === 'printed' ? null : printed.reason;
  return { answer: 'test-page', outcome: printed.outcome, problem };
}

async function tellStation({ identity, store, services }: AdminParts): Promise<StationStatus> {
  const { reports, sealer, alerts, clock } = services;
  const probe = await sealProbe(sealer, reportIdSchema.parse(randomUUID()));
  return {
    version: programVersion(),
    kioskId: identity.kioskId,
    mode: identity.mode,
    upSeconds: Math.round(process.uptime()),
    canReport: reports.canReport(),
    store: store.health(),
    isClockTrusted: clock.isTrusted(),
    canSeal: probe.ok,
    hasStationKey: sealer.hasStationKey(),
    isDeskConnected: alerts.isDeskConnected(),
    content: services.contentKeeper.standing(),
    lobbyScreen: { size: null, silentSeconds: null, ...services.lobbyScreen.standing() },
  };
}

const noCopy: AdminAnswer = {
  answer: 'refused',
  sentence:
    'The database could not be copied: the disk has no room for a second one, or has a fault. With the kiosk stopped, a backup needs room only where it goes.',
};

/** A copy beside the database; the command that asked for it takes it away. */
async function copyDatabase(
  { config, identity, store, services }: AdminParts,
  purpose: 'backup' | 'check',
): Promise<AdminAnswer> {
  const folder = await openCopiesFolder(config.dataDir).catch(() => null);
  if (folder === null) return noCopy;
  const file = join(folder, `${randomUUID()}.db`);
  if (purpose === 'backup') {
    // Noted first, so that the line stands in the copy too.
    const occurredAt = services.clock.now().toISOString();
    const line = { occurredAt, actor: 'it', action: 'backup-made', subject: identity.kioskId } as const;
    if (store.write((db) => appendAudit(db, line)).kind !== 'written') return noCopy;
  }
  if (await store.copyTo(file)) return { answer: 'database-copy', file };
  // A folder in which nothing may be written lets nothing be taken away either; the next start clears it.
  await rm(file, { force: true }).catch(() => undefined);
  return noCopy;
}
