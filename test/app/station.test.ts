import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDefinedError, safe } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askRunningKiosk } from '../../src-main/app/admin.ts';
import { openKiosk, type Kiosk } from '../../src-main/app/kiosk.ts';
import { submissionSchema, type Submission } from '../../src-main/contract/report.ts';
import { startNodeHost, type NodeHost } from '../../src-main/hosts/node/server.ts';
import { noAlertDetails } from '../../src-main/domain/alert-details.ts';
import { checkReference, makeReference } from '../../src-main/domain/reference-number.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { readDemonstrationDistrictKey, readDemonstrationReading } from '../../src-main/app/demonstration.ts';
import { fetchReports } from '../../src-district/fetch-reports.ts';
import { openReports } from '../../src-district/open-sealed.ts';
import { connectDesk, connectVisitor, type DeskApi, type VisitorApi } from '../helpers/rpc-client.ts';

let dataDir: string;
let kiosk: Kiosk;
let host: NodeHost;
let visitor: VisitorApi;
let desk: DeskApi;

const patience = { timeout: 60_000, interval: 100 };

function makeSubmission(): Submission {
  return submissionSchema.parse({
    reportId: createRandomness().uuid(),
    language: 'ar',
    reportType: 'stolen-things',
    gateAnswers: { danger: 'none', force: 'none', place: 'denmark' },
    isUnder18: false,
    answers: [{ questionId: 'what-happened', answer: { kind: 'text', text: 'أخذ أحدهم هاتفي' } }],
  });
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'skranke-station-'));
  kiosk = await openKiosk({ configFile: null, dataDir });
  // The screens are other tests' matter: any folder of files will do here.
  host = await startNodeHost(kiosk.station, join(kiosk.config.resourcesDir, 'content'), 0);
  kiosk.station.start();
  visitor = (await connectVisitor(host.kiosk.address)).api;
  desk = (await connectDesk(host.desk.address)).api;
});
afterAll(async () => {
  await host.close();
  await kiosk.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a demonstration kiosk, through the ports that its screens hold', () => {
  it('welcomes a visitor with everything the first screens need', async () => {
    const welcome = await visitor.welcome({});
    expect(welcome).toMatchObject({ mode: 'demonstration', canReport: true, station: { id: 'fjordby' } });
    expect(welcome.content.rightsTopics.map(({ id }) => id)).toContain('foreigners');
    expect(await visitor.routePlace({ postcode: '9000', municipalityCode: null })).toMatchObject({
      kind: 'district',
    });
  });

  it('takes a report, prints its slip, and the district has it once', async () => {
    const submission = makeSubmission();
    const result = await visitor.submit(submission);
    expect(checkReference(result.reference).ok).toBe(true);
    expect(result.reference.startsWith('00000')).toBe(true);
    // Touched twice: the same report, the same reference.
    expect(await visitor.submit(submission)).toMatchObject({ reference: result.reference });
    await vi.waitFor(async () => {
      const slip = await readFile(join(dataDir, 'receipts', `${result.reference}.pdf`));
      expect(slip.subarray(0, 5).toString()).toBe('%PDF-');
    }, patience);
    await vi.waitFor(async () => {
      const reading = await readDemonstrationReading(dataDir);
      const kept = reading === null ? null : await fetchReports(reading.url, reading.token);
      const ours = (kept ?? []).filter((one) => one.sealed.reference === result.reference);
      expect(ours).toHaveLength(1);
      const [opened] = await openReports(ours, [await readDemonstrationDistrictKey(dataDir)]);
      expect(opened?.report?.submission).toEqual(submission);
    }, patience);
  });

  it('answers what does not fit its schema with a typed error, counts it, and goes on', async () => {
    const wrong = { ...makeSubmission(), language: 'tlh' };
    const [error] = await safe(visitor.submit(Object.assign(wrong)));
    expect(error).toMatchObject({ code: 'BAD_REQUEST' });
    const [refused] = await safe(visitor.submit({ ...makeSubmission(), reportType: 'loud-neighbour' }));
    expect(isDefinedError(refused)).toBe(true);
    expect(refused).toMatchObject({ code: 'INVALID_ANSWER' });
    expect(kiosk.station.refusalCounts().get('visitor.submit:BAD_REQUEST')).toBe(1);
    expect((await visitor.welcome({})).canReport).toBe(true);
  });

  it('has no procedure of the desk on the visitor port, and none that reads without a session on the desk port', async () => {
    const stray: DeskApi = Object.assign(visitor);
    const [error] = await safe(stray.queue({ filter: 'all', beforeSequence: null }));
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    const [locked] = await safe(desk.queue({ filter: 'all', beforeSequence: null }));
    expect(locked).toMatchObject({ code: 'SIGNED_OUT' });
    const [unfound] = await safe(desk.findReport({ reference: makeReference('00', '000', '999999') }));
    expect(unfound).toMatchObject({ code: 'SIGNED_OUT' });
  });

  it('lets staff in with the PIN that was made, shows them the queue, and lets one of them finish', async () => {
    const made = kiosk.newPin;
    if (made === null) throw new Error('a new demonstration makes a PIN');
    const [wrong] = await safe(desk.signIn({ userName: made.userName, pin: '000000' }));
    expect(wrong).toMatchObject({ code: 'WRONG_PIN' });
    await desk.signIn(made);
    const { rows } = await desk.queue({ filter: 'new', beforeSequence: null });
    const [row] = rows;
    if (row === undefined) throw new Error('the report of this visit waits in the queue');
    const claimed = await desk.claim({ reportId: row.reportId, version: row.version });
    expect(claimed).toMatchObject({ state: 'claimed', isMine: true });
    const [late] = await safe(desk.claim({ reportId: row.reportId, version: row.version }));
    expect(late).toMatchObject({ code: 'CHANGED' });
    expect(await desk.finish({ reportId: row.reportId, version: claimed.version })).toMatchObject({
      state: 'finished',
    });
    expect((await desk.openReport({ reportId: row.reportId })).sealed.reference).toBe(row.reference);
  });

  it('finds a report by the number on its slip, also a finished one, and checks its code with a key that signs nothing', async () => {
    const { rows } = await desk.queue({ filter: 'finished', beforeSequence: null });
    const [row] = rows;
    if (row === undefined) throw new Error('the report that was finished');
    expect(await desk.findReport({ reference: row.reference })).toEqual({ row });
    expect(await desk.findReport({ reference: makeReference('00', '000', '999999') })).toEqual({ row: null });
    const { kioskKeys } = await desk.welcome({});
    expect(Object.keys(kioskKeys[0] ?? {}).toSorted()).toEqual(['crv', 'kid', 'kty', 'x', 'y']);
  });

  it('tells the visitor only what is true of an alert', async () => {
    const states: string[] = [];
    const ending = new AbortController();
    const stream = await visitor.follow({}, { signal: ending.signal });
    const listening = (async () => {
      for await (const status of stream) if (status.kind === 'alert') states.push(status.alert.state);
    })().catch(() => undefined);
    const notices = await desk.follow({}, { signal: ending.signal });
    void (async () => {
      for await (const notice of notices) {
        const [alert] = notice.alerts;
        if (alert !== undefined && alert.state !== 'taken') await desk.takeAlert({ alertId: alert.alertId });
      }
    })().catch(() => undefined);
    await visitor.raiseAlert({ ...noAlertDetails, kind: 'staff-now', language: 'ar', earlier: null });
    await vi.waitFor(() => {
      expect(states.at(-1)).toBe('taken');
    }, patience);
    ending.abort();
    await listening;
  });

  it("answers IT's commands while it runs, and refuses a name that is taken", async () => {
    const added = await askRunningKiosk(dataDir, {
      ask: 'add-staff',
      userName: 'b.berg',
      displayName: 'B. Berg',
      roles: ['officer'],
      isPinOneTime: true,
    });
    expect(added).toMatchObject({ answer: 'pin' });
    expect(
      await askRunningKiosk(dataDir, {
        ask: 'add-staff',
        userName: 'b.berg',
        displayName: 'B. Berg',
        roles: ['officer'],
        isPinOneTime: true,
      }),
    ).toMatchObject({ answer: 'refused' });
    expect(await askRunningKiosk(dataDir, { ask: 'list-staff' })).toMatchObject({ answer: 'staff' });
  });

  it('keeps a second kiosk out of its data folder', async () => {
    await expect(openKiosk({ configFile: null, dataDir })).rejects.toThrow(/running on this data folder/);
  });

  it('closes a port that sends something other than calls, and takes the next page', async () => {
    await host.close();
    host = await startNodeHost(kiosk.station, join(kiosk.config.resourcesDir, 'content'), 0);
    const first = await connectVisitor(host.kiosk.address);
    const closed = new Promise((resolve) => first.socket.once('close', resolve));
    first.socket.send('{"i":');
    await closed;
    expect(kiosk.station.refusalCounts().get('kiosk:bad-frame')).toBe(1);
    const second = await connectVisitor(host.kiosk.address);
    expect((await second.api.welcome({})).mode).toBe('demonstration');
    second.socket.close();
  });
});
