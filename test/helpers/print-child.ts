import { setPrintState } from '../../db/stores/print-job.ts';
import { tcpChannel } from '../../src-main/adapters/escpos-channel.ts';
import { createEscPosPrinter } from '../../src-main/adapters/escpos-printer.ts';
import type { Printer, ReceiptLayout } from '../../src-main/domain/printer.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createReceipts } from '../../src-main/services/receipts.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { openStore } from '../../src-main/services/store.ts';
import { systemTimers } from '../../src-main/services/timers.ts';
import { testProfile } from './escpos-parts.ts';
import {
  createFakeClock,
  createFakeLibrary,
  createFakeLog,
  fakeLayout,
  makeSealedReport,
  makeStaff,
  testPlace,
} from './fakes.ts';
import { drawReference } from './numbered-strip.ts';
import { migrationsDir, testKiosk } from './test-store.ts';

/* A kiosk that dies at one named moment of a slip's life: print-child.ts FOLDER PORT MOMENT first|copy. */

export const moments = [
  'stored',
  'queued',
  'laid-out',
  'sent',
  'first-band',
  'middle',
  'confirmed',
  'noted',
] as const;
export type Moment = (typeof moments)[number];

const [folder = '', port = '', moment = '', which = ''] = process.argv.slice(2);

function dieAt(here: Moment): void {
  if (here === moment) process.kill(process.pid, 'SIGKILL');
}

const clock = createFakeClock();
const log = createFakeLog();
const store = openStore({ dataDir: folder, migrationsDir, clock, log });
claimFolder(store, clock, { kioskId: testKiosk, mode: 'enrolled' });

const layout: ReceiptLayout = {
  ...fakeLayout,
  rasterize: async (content, _paper, widthDots) => {
    dieAt('laid-out');
    return drawReference('reference' in content ? content.reference : '', widthDots);
  },
};

let writes = 0;
const open = tcpChannel('127.0.0.1', Number(port));
const real = createEscPosPrinter({
  profile: testProfile,
  paper: '80mm',
  open: async (signal) => {
    const opened = await open(signal);
    if (opened.kind === 'closed') return opened;
    const { channel } = opened;
    return {
      kind: 'open',
      channel: {
        write: async (bytes) => {
          await channel.write(bytes);
          if (bytes.length > 1000) writes += 1;
          if (writes === 1) dieAt('first-band');
          if (writes === 3) dieAt('middle');
        },
        onBytes: (listener) => channel.onBytes(listener),
        onBroken: (listener) => channel.onBroken(listener),
        finish: () => channel.finish(),
        drop: () => channel.drop(),
      },
    };
  },
});
const printer: Printer = {
  ...real,
  print: async (document, run) => {
    const outcome = await real.print(document, {
      signal: run.signal,
      onSent: () => {
        run.onSent();
        dieAt('sent');
      },
    });
    dieAt('confirmed');
    return outcome;
  },
};

const receipts = createReceipts({
  store,
  library: createFakeLibrary(),
  layout,
  lane: createPrintLane({ printer, timers: systemTimers, log }),
  paper: '80mm',
  signer: null,
  place: testPlace,
  clock,
  timers: systemTimers,
  log,
});
receipts.onStatus(({ state }) => {
  if (state === 'queued') dieAt('queued');
  if (state === 'printed') dieAt('noted');
});

const sealed = makeSealedReport();
storeReport(store, sealed, '80mm');
const { reportId, reference } = sealed;
process.stdout.write(`${reportId} ${reference}\n`);
if (which === 'copy') {
  store.write((db) => setPrintState(db, reportId, { state: 'failed', problem: 'no-paper' }));
  await receipts.reprint(
    { reportId, variant: 'discreet', reportType: null, language: 'ar' },
    makeStaff('Anna'),
  );
} else {
  dieAt('stored');
  receipts.enqueue(reportId, {
    reference,
    summary: {
      reportId,
      reportType: 'self-type',
      language: 'ar',
      flags: [],
      districtId: 'fjord',
      isFallbackRouting: false,
      route: 'self',
      isAnonymous: true,
    },
    receivedLocal: '2026-11-20T14:32',
    isClockTrusted: true,
    variant: 'full',
  });
}
