import { chmod, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { deviceIdSchema, deskNameSchema } from '../contract/desk-devices.ts';
import { displayNameSchema, rolesSchema, staffMemberSchema, userNameSchema } from '../contract/desk-staff.ts';
import {
  contentStandingSchema,
  contentVersionSchema,
  packageProblemSchema,
} from '../contract/content-package.ts';
import { auditVerdictSchema } from '../contract/desk-trust.ts';
import { batchSchema, parkReasonSchema } from '../contract/envelope.ts';
import {
  deliveryStatusSchema,
  lobbyScreenStateSchema,
  modeSchema,
  printerProblemSchema,
} from '../contract/status.ts';
import { ConfigError } from './config-error.ts';

/** How a running kiosk is, without anything of a report. */
export const stationStatusSchema = z.strictObject({
  version: z.string(),
  kioskId: z.string(),
  mode: modeSchema,
  upSeconds: z.int(),
  canReport: z.boolean(),
  store: z.enum(['healthy', 'full', 'read-only', 'broken']),
  isClockTrusted: z.boolean(),
  /** A report could be sealed just now. */
  canSeal: z.boolean(),
  hasStationKey: z.boolean(),
  isDeskConnected: z.boolean(),
  lobbyScreen: z.strictObject({
    state: lobbyScreenStateSchema,
    /** Of the page that was seen last, in CSS pixels. */
    size: z.strictObject({ widthPx: z.int(), heightPx: z.int() }).nullable(),
    silentSeconds: z.int().nullable(),
  }),
  content: contentStandingSchema,
});
export type StationStatus = z.infer<typeof stationStatusSchema>;

const loggedEventSchema = z.strictObject({
  at: z.string(),
  level: z.enum(['note', 'warn']),
  event: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** What IT may ask of a kiosk, running or not. It never answers with anything of a report. */
export const adminRequestSchema = z.discriminatedUnion('ask', [
  z.strictObject({
    ask: z.literal('add-staff'),
    userName: userNameSchema,
    displayName: displayNameSchema,
    roles: rolesSchema,
    /** False in a demonstration only. */
    isPinOneTime: z.boolean(),
  }),
  z.strictObject({ ask: z.literal('disable-staff'), userName: userNameSchema, isDisabled: z.boolean() }),
  z.strictObject({ ask: z.literal('reset-pin'), userName: userNameSchema }),
  z.strictObject({ ask: z.literal('recover-staff'), userName: userNameSchema.nullable() }),
  z.strictObject({ ask: z.literal('list-staff') }),
  z.strictObject({ ask: z.literal('make-pairing-code') }),
  z.strictObject({ ask: z.literal('list-desks') }),
  z.strictObject({ ask: z.literal('revoke-desk'), name: deskNameSchema }),
  z.strictObject({ ask: z.literal('reset-desks') }),
  z.strictObject({ ask: z.literal('printer-status') }),
  z.strictObject({ ask: z.literal('print-test-page') }),
  z.strictObject({ ask: z.literal('verify-audit') }),
  z.strictObject({ ask: z.literal('station-status') }),
  z.strictObject({ ask: z.literal('recent-log') }),
  z.strictObject({ ask: z.literal('copy-database'), purpose: z.enum(['backup', 'check']) }),
  z.strictObject({ ask: z.literal('delivery-status') }),
  z.strictObject({ ask: z.literal('renew-key') }),
  z.strictObject({ ask: z.literal('content-standing') }),
  /** The file lies in the data folder, where whoever asks has put it. */
  z.strictObject({ ask: z.literal('install-content'), file: z.string().regex(/^[0-9a-f-]{36}$/) }),
  z.strictObject({ ask: z.literal('roll-back-content') }),
  z.strictObject({ ask: z.literal('hold-door'), forSeconds: z.int().min(1).max(3600) }),
  z.strictObject({ ask: z.literal('open-door') }),
  z.strictObject({ ask: z.literal('fetch-content') }),
  z.strictObject({ ask: z.literal('set-event-aside'), sequence: z.int().min(1) }),
  /** The next batch after this event; null: after the last one that the district acknowledged. */
  z.strictObject({ ask: z.literal('sign-batch'), afterSequence: z.int().min(0).nullable() }),
]);
export type AdminRequest = z.infer<typeof adminRequestSchema>;

export const adminAnswerSchema = z.discriminatedUnion('answer', [
  /** Told once. */
  z.strictObject({ answer: z.literal('pin'), userName: z.string(), pin: z.string() }),
  z.strictObject({ answer: z.literal('staff'), staff: z.array(staffMemberSchema) }),
  z.strictObject({
    answer: z.literal('desks'),
    desks: z.array(
      z.strictObject({
        deviceId: deviceIdSchema,
        name: z.string(),
        addedAt: z.string(),
        seenAt: z.string(),
        holdsStationKey: z.boolean(),
      }),
    ),
  }),
  z.strictObject({ answer: z.literal('done') }),
  z.strictObject({ answer: z.literal('desk-revoked'), isKeyHeld: z.boolean() }),
  z.strictObject({ answer: z.literal('pairing-code'), code: z.string(), validForMs: z.int() }),
  z.strictObject({
    answer: z.literal('printer'),
    printer: z.strictObject({
      kind: z.string(),
      name: z.string(),
      paper: z.string(),
      state: z.enum(['ready', 'attention', 'absent']),
      problem: printerProblemSchema.nullable(),
    }),
    /** Slips that wait for staff. */
    unprinted: z.int(),
  }),
  z.strictObject({
    answer: z.literal('test-page'),
    outcome: z.enum(['printed', 'unknown', 'failed']),
    problem: printerProblemSchema.nullable(),
  }),
  z.strictObject({ answer: z.literal('audit'), verdict: auditVerdictSchema }),
  z.strictObject({ answer: z.literal('station'), station: stationStatusSchema }),
  z.strictObject({ answer: z.literal('recent-log'), events: z.array(loggedEventSchema) }),
  /** In the data folder; whoever asked takes it away. */
  z.strictObject({ answer: z.literal('database-copy'), file: z.string() }),
  z.strictObject({
    answer: z.literal('delivery'),
    status: deliveryStatusSchema,
    parked: z.array(z.strictObject({ sequence: z.int(), reason: parkReasonSchema, parkedAt: z.string() })),
  }),
  /** Null: there is no district to ask. */
  z.strictObject({ answer: z.literal('content-fetched'), isAnswered: z.boolean().nullable() }),
  z.strictObject({ answer: z.literal('content'), standing: contentStandingSchema }),
  z.strictObject({
    answer: z.literal('content-taken'),
    outcome: z.enum(['staged', 'known', 'refused']),
    version: contentVersionSchema.nullable(),
    activateAt: z.string().nullable(),
    problem: packageProblemSchema.nullable(),
    detail: z.string().nullable(),
  }),
  z.strictObject({
    answer: z.literal('content-rolled-back'),
    outcome: z.enum(['going-back', 'nothing-to-leave', 'not-stored']),
  }),
  z.strictObject({ answer: z.literal('event-set-aside') }),
  z.strictObject({ answer: z.literal('key-renewed'), keyId: z.string() }),
  /** False: somebody stands there. */
  z.strictObject({ answer: z.literal('door'), isHeld: z.boolean() }),
  /** As it would go over the line; null: there is no event left. */
  z.strictObject({ answer: z.literal('signed-batch'), batch: batchSchema.nullable() }),
  z.strictObject({ answer: z.literal('refused'), sentence: z.string() }),
]);
export type AdminAnswer = z.infer<typeof adminAnswerSchema>;

/** The longest path a Unix socket may have on Linux. */
const longestSocketPath = 107;

/** The one owner of the database listens here for IT's commands; the folder's rights are its guard. */
export function adminSocketPath(dataDir: string): string {
  const path =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\${dataDir.replaceAll(/[\\/:]/g, '-')}-skranke`
      : join(dataDir, 'admin.sock');
  if (path.length > longestSocketPath)
    throw new ConfigError(
      `${dataDir}: the path of the data folder is too long; expected at most 95 characters.`,
    );
  return path;
}

const otherVersion: AdminAnswer = {
  answer: 'refused',
  sentence: 'The command is of another version than the kiosk.',
};

async function answerLine(
  line: string,
  handle: (request: AdminRequest) => Promise<AdminAnswer>,
): Promise<AdminAnswer> {
  let asked: unknown;
  try {
    asked = JSON.parse(line.slice(0, 10_000));
  } catch {
    return otherVersion;
  }
  const parsed = adminRequestSchema.safeParse(asked);
  return parsed.success ? handle(parsed.data) : otherVersion;
}

const mostWaitMs = 30 * 60_000;

function serveOne(socket: Socket, handle: (request: AdminRequest) => Promise<AdminAnswer>): void {
  socket.on('error', () => socket.destroy());
  socket.setTimeout(40_000, () => socket.destroy());
  createInterface({ input: socket }).once('line', (line) => {
    // A printer takes its time over a test page, a slow disk over a copy.
    socket.setTimeout(mostWaitMs);
    void answerLine(line, handle).then((answer) => {
      socket.end(`${JSON.stringify(answer)}\n`);
    });
  });
}

/** Answers IT's commands until closed. */
export async function serveAdmin(
  dataDir: string,
  handle: (request: AdminRequest) => Promise<AdminAnswer>,
): Promise<{ close(): Promise<void> }> {
  const path = adminSocketPath(dataDir);
  // Left over by a killed process; the instance lock has already said that nobody else is alive.
  await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    serveOne(socket, handle);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // Whoever still asks is told by the closed line; a kiosk that stops waits for nobody.
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Asks the running kiosk; null when none is running on this data folder. */
export function askRunningKiosk(dataDir: string, request: AdminRequest): Promise<AdminAnswer | null> {
  return new Promise((resolve) => {
    const socket = createConnection(adminSocketPath(dataDir));
    socket.once('error', () => {
      resolve(null);
    });
    socket.once('connect', () => {
      socket.once('close', () => {
        resolve({ answer: 'refused', sentence: 'The kiosk closed the line without an answer.' });
      });
      socket.write(`${JSON.stringify(request)}\n`);
      createInterface({ input: socket }).once('line', (line) => {
        resolve(adminAnswerSchema.parse(JSON.parse(line)));
        socket.end();
      });
    });
  });
}
