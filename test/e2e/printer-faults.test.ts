import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { groupReference } from '../../src-main/domain/reference-number.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { startFakeEscPosPrinter, type FakeEscPosPrinter } from '../helpers/fake-escpos-printer.ts';
import { startFakeIppServer, type FakeIppServer } from '../helpers/fake-ipp-server.ts';
import { makeDataDir, runSkranke, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { readQr } from '../helpers/dots.ts';
import { readPin } from '../helpers/pin.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/*
 * Every way in which a printer fails, met by a visitor who has just sent a report: what the visitor reads is true and says
 * what to do, the number is there large and as a QR code, staff see the slip and why, and nothing of it comes out later.
 */

interface Lobby {
  readonly kiosk: KioskProcess;
  readonly visitor: OpenBrowser;
  readonly visit: VisitDriver;
  readonly desk: DeskDriver;
  close(): Promise<void>;
}

async function openLobby(printer: unknown): Promise<Lobby> {
  const folder = await makeDataDir();
  const config = join(folder.path, 'config.json');
  await writeFile(config, JSON.stringify({ printer }));
  const kiosk = await startKiosk(join(folder.path, 'data'), ['--config', config]);
  const visitor = await openBrowser(kiosk.ready.kiosk, 'portrait');
  const atDesk = await openBrowser(kiosk.ready.desk, 'desk');
  const desk = new DeskDriver(atDesk.page);
  await desk.signIn('demo', await readPin(join(folder.path, 'data'), 'demo'));
  await desk.on('desk-queue');
  return {
    kiosk,
    visitor,
    visit: new VisitDriver(visitor.page),
    desk,
    close: async () => {
      await visitor.close();
      await atDesk.close();
      await kiosk.putAway();
      await folder.remove();
    },
  };
}

/** Sends the shortest report there is. @returns its reference. */
async function sendReport({ visit }: Lobby): Promise<string> {
  await visit.goToTypes('en');
  await visit.chooseType('vandalism');
  await visit.skipTo('check');
  return visit.submit();
}

async function untilSlip({ visit }: Lobby, state: string): Promise<string | null> {
  const screen = visit.page.locator(`[data-screen="reference"][data-print-state="${state}"]`);
  await screen.waitFor({ timeout: 60_000 });
  const notice = visit.page.locator('[data-print-problem]');
  return (await notice.count()) === 0 ? null : notice.getAttribute('data-print-problem');
}

/** The number stands there for whoever has no paper. */
async function expectNumber({ visit }: Lobby, reference: string): Promise<void> {
  expect(await visit.reference()).toBe(reference);
  expect(await visit.page.locator('[data-screen="reference"] svg[role="img"]').count()).toBeGreaterThan(0);
}

async function leave({ visit }: Lobby): Promise<void> {
  await visit.action('finish');
  await visit.on('start');
}

const lineOf = ({ desk }: Lobby, reference: string) =>
  desk.page.locator('[data-report]', { hasText: groupReference(reference) });

async function expectAtDesk(lobby: Lobby, reference: string, state: string, problem: string): Promise<void> {
  const line = lineOf(lobby, reference);
  await line.and(lobby.desk.page.locator(`[data-slip-state="${state}"]`)).waitFor({ timeout: 60_000 });
  expect(await line.getAttribute('data-slip-why')).toBe(problem);
}

describe('a receipt printer on the network', () => {
  let printer: FakeEscPosPrinter;
  let lobby: Lobby;
  beforeAll(async () => {
    printer = await startFakeEscPosPrinter();
    lobby = await openLobby({ kind: 'escpos', address: printer.address, profile: 'epson-tm-t20iii' });
  }, 300_000);
  afterAll(async () => {
    await lobby.close();
    await printer.close();
  });

  it.each<[string, (printer: FakeEscPosPrinter) => void, string, string]>([
    ['an open cover', () => printer.openCover(), 'failed', 'cover-open'],
    ['jammed paper', () => printer.jam(), 'failed', 'jam'],
    ['a printer that is off', () => printer.fallSilent(), 'failed', 'offline'],
    ['something else at its address', () => printer.answerGarbage(), 'failed', 'wrong-printer'],
  ])('%s: nothing is sent', async (_, spoil, state, problem) => {
    spoil(printer);
    const before = printer.slips.length;
    const reference = await sendReport(lobby);
    expect(await untilSlip(lobby, state)).toBe(problem);
    await expectNumber(lobby, reference);
    await expectAtDesk(lobby, reference, state, problem);
    await leave(lobby);
    printer.recover();
    expect(printer.slips.length).toBe(before);
  });

  it.each<[string, (printer: FakeEscPosPrinter) => void, string, string]>([
    ['paper that runs out in the middle', () => printer.paperOutAfter(300), 'failed', 'no-paper'],
    ['a line that breaks', () => printer.breakLineAfter(20_000), 'failed', 'offline'],
    ['a knife that jams', () => printer.jamCutterAtCut(), 'unknown', 'cutter'],
    ['a printer that swallows the slip', () => printer.swallow(), 'unknown', 'timeout'],
  ])('%s: the next visitor gets their own slip alone', async (_, spoil, state, problem) => {
    spoil(printer);
    const reference = await sendReport(lobby);
    expect(await untilSlip(lobby, state)).toBe(problem);
    await expectNumber(lobby, reference);
    await expectAtDesk(lobby, reference, state, problem);
    if (state === 'unknown') {
      // The visitor knows what nobody else does.
      await lobby.visit.action('no-paper');
      await vi.waitFor(async () => expect(await untilSlip(lobby, 'unknown')).toBe('not-seen'));
      await expectAtDesk(lobby, reference, 'unknown', 'not-seen');
    }
    await leave(lobby);
    printer.recover();
    const next = await sendReport(lobby);
    expect(await untilSlip(lobby, 'printed')).toBeNull();
    await leave(lobby);
    const slip = printer.slips.at(-1);
    expect(slip === undefined ? null : readQr(slip)).toContain(next);
    expect(slip?.isCut).toBe(true);
  });

  it('a copy at the desk comes out once; a slip that nobody misses leaves the list', async () => {
    printer.openCover();
    const first = await sendReport(lobby);
    await untilSlip(lobby, 'failed');
    await leave(lobby);
    const second = await sendReport(lobby);
    await untilSlip(lobby, 'failed');
    await leave(lobby);
    printer.recover();
    const before = printer.slips.length;
    const { desk } = lobby;
    await lineOf(lobby, first).click();
    await desk.page.locator('[data-slip="failed"]').waitFor();
    await desk.act('reprint');
    await lineOf(lobby, first).and(desk.page.locator('[data-slip-state="printed"]')).waitFor();
    expect(printer.slips.length - before).toBe(1);
    await lineOf(lobby, second).click();
    await desk.page.locator('[data-slip="failed"]').waitFor();
    await desk.act('settle-slip');
    await lineOf(lobby, second).and(desk.page.locator('[data-slip-state="settled"]')).waitFor();
    expect(printer.slips.length - before).toBe(1);
  });

  it('paper that is nearly out is told at the desk before it is out, and slips still come', async () => {
    printer.nearEnd();
    await sendReport(lobby);
    await untilSlip(lobby, 'printed');
    await leave(lobby);
    const health = lobby.desk.page.locator('[data-printer="ready"][data-printer-problem="paper-low"]');
    await health.waitFor({ timeout: 60_000 });
    printer.recover();
  });

  it('IT asks the running kiosk how the printer is, and prints a page to look at', async () => {
    const dataDir = lobby.kiosk.ready.dataDir;
    const status = await runSkranke(['printer', 'status', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(status.out)).toMatchObject({ kind: 'escpos', state: 'ready', problem: null });
    const before = printer.slips.length;
    const page = await runSkranke(['printer', 'test', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(page.out)).toEqual({ outcome: 'printed', problem: null, sentence: null });
    expect(printer.slips.length - before).toBe(1);
    printer.paperOut();
    const none = await runSkranke(['printer', 'test', '--data-dir', dataDir]);
    expect(none.code).toBe(1);
    expect(none.err).toContain('paper');
    const empty = await runSkranke(['printer', 'status', '--data-dir', dataDir]);
    expect([empty.code, empty.out]).toEqual([1, expect.stringContaining('no paper')]);
    printer.recover();
  });
});

describe('a printer over IPP', () => {
  let server: FakeIppServer;
  let lobby: Lobby;
  beforeAll(async () => {
    server = await startFakeIppServer();
    lobby = await openLobby({ kind: 'ipp', url: server.url });
  }, 300_000);
  afterAll(async () => {
    await lobby.close();
    await server.close();
  });

  it.each<[string, (server: FakeIppServer) => void, string, string]>([
    ['no paper', () => server.setReasons('media-empty-error'), 'failed', 'no-paper'],
    [
      'an open door, in the middle',
      () => server.setReasonsWithJob('door-open-error'),
      'failed',
      'cover-open',
    ],
    ['a queue that is paused', () => server.setReasons('paused'), 'failed', 'paused'],
    ['a queue that is dead', () => server.fallSilent(), 'failed', 'timeout'],
    ['a job that never ends', () => server.hang(), 'unknown', 'timeout'],
  ])('%s', async (_, spoil, state, problem) => {
    spoil(server);
    const reference = await sendReport(lobby);
    expect(await untilSlip(lobby, state)).toBe(problem);
    await expectNumber(lobby, reference);
    await expectAtDesk(lobby, reference, state, problem);
    await leave(lobby);
    server.recover();
    await vi.waitFor(() => expect(server.jobs.filter((job) => job.state < 7)).toEqual([]));
  });
});
