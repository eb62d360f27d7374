import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { renderAsync } from '@resvg/resvg-js';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { tcpChannel } from '../../src-main/adapters/escpos-channel.ts';
import { createEscPosPrinter } from '../../src-main/adapters/escpos-printer.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { loadPrinterProfiles } from '../../src-main/content/printer-profiles.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import type { PaperContent } from '../../src-main/contract/receipt.ts';
import { localDate } from '../../src-main/domain/local-time.ts';
import type { ReceiptLayout } from '../../src-main/domain/printer.ts';
import type { ReceiptOccasion } from '../../src-main/domain/receipt.ts';
import { createFontCoverage } from '../../src-main/receipt/font-coverage.ts';
import { buildReceiptDocument, fitsFor, type ReceiptFit } from '../../src-main/receipt/receipt-document.ts';
import { createReceiptPrinterLayout } from '../../src-main/receipt/receipt-layout.ts';
import { parseKioskSigningKey } from '../../src-main/sealing/key-files.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { createReceiptSigner } from '../../src-main/sealing/receipt-signer.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createReceipts, type Receipts } from '../../src-main/services/receipts.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { openStore } from '../../src-main/services/store.ts';
import { systemTimers } from '../../src-main/services/timers.ts';
import { startFakeEscPosPrinter } from '../helpers/fake-escpos-printer.ts';
import { createFakeLog, makeSealedReport } from '../helpers/fakes.ts';
import { bundledFonts, shippedReceiptTexts } from '../helpers/receipt-content.ts';
import {
  describeMachine,
  isTooNoisy,
  runRounds,
  timesAsLong,
  toCeiling,
  toRows,
  type BenchResult,
  type Contender,
} from './measure.ts';

const root = join(import.meta.dirname, '../..');
const fontsDir = join(root, 'resources/fonts');
const texts = shippedReceiptTexts();
const widthDots = 576;
const headMm = 72;
const path = 'print path, job to printed';
const bare = 'bare typst compile + raster';

/** Remembers what was set last: the bare contender sets the very same slips. */
function watched(layout: ReceiptLayout): {
  readonly layout: ReceiptLayout;
  readonly last: () => PaperContent;
} {
  let last: PaperContent | null = null;
  return {
    layout: {
      ...layout,
      rasterize: (content, paper, width) => {
        last = content;
        return layout.rasterize(content, paper, width);
      },
    },
    last: () => {
      if (last === null) throw new Error('nothing was printed yet');
      return last;
    },
  };
}

async function openPath(folder: string) {
  const clock = createSystemClock(new Date(0));
  const log = createFakeLog();
  const store = openStore({ dataDir: folder, migrationsDir: join(root, 'db/migrations'), clock, log });
  claimFolder(store, clock, { kioskId: kioskIdSchema.parse('07-120'), mode: 'enrolled' });
  const { library } = await loadContent({
    resourcesDir: join(root, 'resources'),
    today: localDate(clock.now()),
    isDemonstration: true,
  });
  const station = library.station('fjordby');
  const district = library.district('fjordby');
  if (station === null || district === null) throw new Error('the fictional station ships');
  const sink = await startFakeEscPosPrinter();
  const { profiles } = await loadPrinterProfiles(join(root, 'resources/content'));
  const profile = profiles.find(({ confirm }) => confirm !== 'none');
  if (profile === undefined) throw new Error('no profile of a printer that confirms');
  const printer = createEscPosPrinter({
    open: tcpChannel('127.0.0.1', sink.port),
    profile: { ...profile, papers: { '80mm': widthDots } },
    paper: '80mm',
  });
  const signing = parseKioskSigningKey((await makeKioskKey()).privateText);
  if (!signing.ok) throw new Error('a key that was just made can be read');
  const { layout, last } = watched(createReceiptPrinterLayout({ fontsDir, texts }));
  const receipts = createReceipts({
    store,
    library,
    layout,
    lane: createPrintLane({ printer, timers: systemTimers, log }),
    paper: '80mm',
    signer: createReceiptSigner(signing.key),
    place: () => ({ station, district, isDemonstration: false, isLobbyStaffed: true }),
    clock,
    timers: systemTimers,
    log,
  });
  const close = async (): Promise<void> => {
    await receipts.stop();
    await sink.close();
    store.close();
  };
  return { store, receipts, last, close };
}
type Path = Awaited<ReturnType<typeof openPath>>;

function printed(receipts: Receipts, occasion: ReceiptOccasion): Promise<void> {
  const { reportId } = occasion.summary;
  return new Promise((resolve, reject) => {
    const stop = receipts.onStatus((status) => {
      if (status.reportId !== reportId || status.state === 'queued' || status.state === 'sent') return;
      stop();
      if (status.state === 'printed') resolve();
      else reject(new Error(`the slip is ${status.state}: ${status.problem ?? 'no reason'}`));
    });
    receipts.enqueue(reportId, occasion);
  });
}

/** Whole slips of a theft, one after the other; the report is stored before the clock starts. */
async function printSlips({ store, receipts }: Path, count: number): Promise<number> {
  let spent = 0;
  for (let at = 0; at < count; at += 1) {
    const sealed = makeSealedReport();
    storeReport(store, sealed, '80mm');
    const occasion: ReceiptOccasion = {
      reference: sealed.reference,
      summary: {
        reportId: sealed.reportId,
        reportType: 'stolen-things',
        language: 'ar',
        flags: ['interpreter'],
        districtId: 'fjordby',
        isFallbackRouting: false,
        route: 'self',
        isAnonymous: false,
      },
      receivedLocal: '2026-11-20T14:41',
      isClockTrusted: true,
      variant: 'full',
    };
    const before = performance.now();
    await printed(receipts, occasion);
    spent += performance.now() - before;
  }
  return spent;
}

/** The least that the same slip can cost: what fits is known, nothing is stored, signed, packed or sent. */
async function openBare() {
  const fontBlobs = bundledFonts();
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
  const coverage = createFontCoverage(fontBlobs);
  const heightOf = (content: PaperContent, fit: ReceiptFit): number => {
    const { source, inputs } = document(content, fit);
    const set = compiler.compile({ mainFileContent: source, inputs: { ...inputs } }).result;
    if (set === null) throw new Error('the slip cannot be set');
    const found: unknown = compiler.query(set, { selector: '<slip-height>', field: 'value' });
    return Number(Array.isArray(found) ? found[0] : Number.NaN);
  };
  const document = (content: PaperContent, fit: ReceiptFit) =>
    buildReceiptDocument(content, { paper: '80mm', dotMm: headMm / widthDots }, { texts, coverage }, fit);
  const setAndDraw = async (content: PaperContent, fit: ReceiptFit): Promise<void> => {
    const { source, inputs } = document(content, fit);
    const set = compiler.compile({ mainFileContent: source, inputs: { ...inputs } }).result;
    if (set === null) throw new Error('the slip cannot be set');
    const zoom = ((widthDots / headMm) * 25.4) / 96;
    const image = await renderAsync(compiler.plainSvg(set), {
      fitTo: { mode: 'zoom', value: zoom },
      font: { loadSystemFonts: false },
      background: 'white',
    });
    if (image.pixels.length === 0) throw new Error('nothing was drawn');
  };
  return {
    async run(content: PaperContent, count: number): Promise<number> {
      const fit = fitsFor(content).find((one) => heightOf(content, one) <= 250);
      if (fit === undefined) throw new Error('the slip is too long');
      compiler.evictCache(0);
      let spent = 0;
      for (let at = 0; at < count; at += 1) {
        const before = performance.now();
        await setAndDraw(content, fit);
        spent += performance.now() - before;
        // A kiosk never sets the same slip twice.
        compiler.evictCache(0);
      }
      return spent;
    },
  };
}

/** From the job to paper that the printer answers for, against setting and drawing the same slip and nothing else. */
export async function benchPrint(): Promise<{ result: BenchResult; isNoisy: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'skranke-bench-'));
  try {
    const whole = await openPath(folder);
    const least = await openBare();
    await printSlips(whole, 3);
    const contenders: readonly Contender[] = [
      { name: path, perSlice: 3, run: (count) => printSlips(whole, count) },
      { name: bare, perSlice: 3, run: (count) => least.run(whole.last(), count) },
    ];
    const rounds = await runRounds(contenders, { rounds: 12, slices: 1 });
    await whole.close();
    const result: BenchResult = {
      name: 'print',
      limit: bare,
      rounds: 12,
      machine: describeMachine(),
      rows: toRows(rounds, contenders),
      targets: [toCeiling(`${path} / ${bare}`, timesAsLong(rounds, path, bare), 3, 2)],
    };
    return { result, isNoisy: isTooNoisy(rounds, bare) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
