import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createIppPrinter } from '../../src-main/adapters/ipp-printer.ts';
import type { PrintRun } from '../../src-main/domain/printer.ts';
import { startFakeIppServer, type FakeIppServer } from '../helpers/fake-ipp-server.ts';

const slip = { kind: 'pdf' as const, title: '071204837395', pdf: Buffer.from('%PDF-1.7 a slip') };
const until = (signal: AbortSignal): PrintRun => ({ signal, onSent: () => undefined });
const patient = (): PrintRun => until(AbortSignal.timeout(60_000));
const patience = (): AbortSignal => AbortSignal.timeout(60_000);

let server: FakeIppServer;
beforeEach(async () => {
  server = await startFakeIppServer();
});
afterEach(() => server.close());

const printer = () => createIppPrinter({ url: server.url, kioskId: '07120', pollMs: 5 });
const lineUp = { timeout: 60_000, interval: 5 };

/** Prints, and ends the patience once the printer has taken the job. */
async function printUntilTaken() {
  const deadline = new AbortController();
  const outcome = printer().print(slip, until(deadline.signal));
  await vi.waitUntil(() => server.jobs.length > 0, lineUp);
  deadline.abort();
  return outcome;
}

describe('a slip over IPP', () => {
  test('that came out is printed, byte for byte', async () => {
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'printed' });
    expect(server.jobs).toMatchObject([{ name: 'Skranke 07120 071204837395', pdf: slip.pdf }]);
  });

  test('that only left through a cable is not known to be printed', async () => {
    const cable = createIppPrinter({
      url: server.url,
      kioskId: '07120',
      pollMs: 5,
      completionMeans: 'data-sent',
    });
    expect(await cable.print(slip, patient())).toEqual({ outcome: 'unknown', reason: 'cannot-tell' });
  });

  test('that the queue has forgotten is not known', async () => {
    server.forgetJobs();
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'unknown', reason: 'cannot-tell' });
  });

  test.each([
    ['media-empty', 'no-paper'],
    ['media-empty-error', 'no-paper'],
    ['media-needed-error', 'no-paper'],
    ['media-jam-error', 'jam'],
    ['cover-open-error', 'cover-open'],
    ['door-open', 'cover-open'],
    ['offline-error', 'offline'],
    ['paused', 'paused'],
    ['marker-supply-empty-error', 'ink-out'],
    ['spool-area-full-error', 'busy'],
    ['output-area-full', 'tray-full'],
    ['fuser-over-temp-error', 'too-hot'],
    ['com.example.something-new-error', 'broken'],
  ] as const)('meets %s: nothing is queued, the reason is %s', async (reason, problem) => {
    server.setReasons(reason);
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: problem });
    expect(await printer().status(patience())).toEqual({ state: 'attention', problem });
    expect(server.jobs).toEqual([]);
  });

  test.each([
    ['none', null],
    ['media-empty-report', null],
    ['com.example.something-new', null],
    ['media-low-warning', 'paper-low'],
    ['media-low', 'paper-low'],
    ['marker-supply-low-warning', 'ink-low'],
  ] as const)('prints although the printer says %s, and the desk hears of it', async (reason, problem) => {
    server.setReasons(reason);
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'printed' });
    expect(await printer().status(patience())).toEqual({ state: 'ready', problem });
  });

  test('that runs out of paper half way is taken back: it must not come out for the next visitor', async () => {
    server.setReasonsWithJob('media-empty-error');
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'no-paper' });
    expect(server.jobs.map((job) => job.state)).toEqual([7]);
  });

  test('that never ends is taken back at the deadline; whether its sheet came out nobody knows', async () => {
    server.hang();
    expect(await printUntilTaken()).toEqual({ outcome: 'unknown', reason: 'timeout' });
    expect(server.jobs.map((job) => job.state)).toEqual([7]);
  });

  test('that never ends has failed where the printer counts its sheets and none came out', async () => {
    server.hang();
    server.countSheets(0);
    expect(await printUntilTaken()).toEqual({ outcome: 'failed', reason: 'timeout' });
  });

  test('that the queue keeps back is taken back at once', async () => {
    server.hold();
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'paused' });
    expect(server.jobs.map((job) => job.state)).toEqual([7]);
  });

  test('that ends just when its time is up is printed', async () => {
    server.finishOnCancel();
    expect(await printUntilTaken()).toEqual({ outcome: 'printed' });
  });

  test('that a warning held up names the warning at the deadline', async () => {
    server.setReasons('media-empty-warning');
    server.hang();
    const deadline = new AbortController();
    const outcome = printer().print(slip, until(deadline.signal));
    await vi.waitUntil(() => server.jobs.length > 0, lineUp);
    deadline.abort();
    expect(await outcome).toEqual({ outcome: 'unknown', reason: 'no-paper' });
  });

  test('that the printer gave up has failed', async () => {
    server.abortJobs();
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'unknown' });
  });

  test.each([
    ['job-canceled-at-device', 'unknown', 'refused'],
    ['document-format-error', 'failed', 'wrong-printer'],
    ['aborted-by-system', 'failed', 'unknown'],
  ] as const)('that ended with %s is %s: %s', async (jobReason, outcome, reason) => {
    server.abortJobs(jobReason);
    expect(await printer().print(slip, patient())).toEqual({ outcome, reason });
  });

  test('that "completed with errors" is not called printed', async () => {
    server.completeWith('job-completed-with-errors');
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'unknown', reason: 'broken' });
  });

  test('whose line breaks after the printer took it is taken back', async () => {
    server.dropMidway();
    server.countSheets(0);
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'offline' });
    expect(server.jobs.map((job) => job.state)).toEqual([7]);
  });

  test('whose line breaks when it is out already is found again, and is printed', async () => {
    server.dropMidway(true);
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'printed' });
  });

  test.each([
    ['ipps://printer.local:631/ipp/print', 'printed'],
    ['dnssd://Slip._ipp._tcp.local/', 'printed'],
    ['usb://EPSON/TM-T20III', 'unknown'],
    ['socket://10.0.0.7:9100', 'unknown'],
    ['cups-pdf:/', 'unknown'],
  ] as const)('through a CUPS queue before %s is %s', async (deviceUri, outcome) => {
    server.beCups(deviceUri);
    expect((await printer().print(slip, patient())).outcome).toBe(outcome);
  });

  test('left behind by a crash is taken back at the start, not only before the next slip', async () => {
    const ours = server.leaveOldJob('Skranke 07120 071209999999');
    await printer().takeBackOld(patience(), true);
    expect(ours.state).toBe(7);
  });

  test('first takes back what a crash of this kiosk left behind, and nothing of another kiosk', async () => {
    const ours = server.leaveOldJob('Skranke 07120 071209999999');
    const theirs = server.leaveOldJob('Skranke 07130 071309999999');
    await printer().print(slip, patient());
    expect([ours.state, theirs.state]).toEqual([7, 5]);
  });
});

describe('a printer that is not what it should be', () => {
  test('nobody there', async () => {
    await server.close();
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'offline' });
    expect(await printer().status(patience())).toEqual({ state: 'absent', problem: 'offline' });
  });

  test('silence ends at the deadline', async () => {
    server.fallSilent();
    expect(await printer().print(slip, until(AbortSignal.timeout(50)))).toEqual({
      outcome: 'failed',
      reason: 'timeout',
    });
  });

  test('it takes no PDF', async () => {
    server.refusePdf();
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'wrong-printer' });
  });

  test('it takes no jobs', async () => {
    server.stopAccepting();
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'refused' });
  });

  test.each([
    [401, 'refused'],
    [404, 'wrong-printer'],
    [503, 'offline'],
  ] as const)('HTTP %i', async (status, reason) => {
    server.answerStatus(status);
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason });
  });

  test('an endless answer is cut', async () => {
    server.answerWith(Buffer.alloc(3 * 1024 * 1024, 0x41));
    expect(await printer().print(slip, patient())).toEqual({ outcome: 'failed', reason: 'wrong-printer' });
  });

  test('any bytes at all: it fails, it never throws and it never prints', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        server.answerWith(Buffer.from(bytes));
        expect(await printer().print(slip, patient())).toMatchObject({ outcome: 'failed' });
        expect((await printer().status(patience())).state).not.toBe('ready');
      }),
      { numRuns: 30 },
    );
  });
});

describe('IPPS', () => {
  const read = (name: string): Buffer =>
    readFileSync(join(import.meta.dirname, '../helpers/certificates', name));
  const authority = read('authority.pem').toString();

  async function printerShowing(name: string, certificateAuthority: string | null) {
    const secure = await startFakeIppServer({ cert: read(`${name}.pem`), key: read(`${name}.key`) });
    onTestFinished(() => secure.close());
    return {
      secure,
      over: createIppPrinter({ url: secure.url, kioskId: '07120', pollMs: 5, certificateAuthority }),
    };
  }

  test('prints where the authority of the configuration signed the certificate', async () => {
    const { over } = await printerShowing('good', authority);
    expect(await over.print(slip, patient())).toEqual({ outcome: 'printed' });
  });

  test.each([
    ['good', null],
    ['expired', authority],
    ['not-yet', authority],
    ['other-host', authority],
    ['self-signed', authority],
  ])('not a byte of the slip goes to a printer whose certificate is %s (%#)', async (name, trusted) => {
    const { secure, over } = await printerShowing(name, trusted);
    expect(await over.print(slip, patient())).toEqual({ outcome: 'failed', reason: 'untrusted' });
    expect(await over.status(patience())).toEqual({ state: 'attention', problem: 'untrusted' });
    expect(secure.jobs).toEqual([]);
  });

  test('a printer that signed its own is trusted when IT says so', async () => {
    const { over } = await printerShowing('self-signed', read('self-signed.pem').toString());
    expect(await over.print(slip, patient())).toEqual({ outcome: 'printed' });
  });
});
