import { afterAll, afterEach, beforeAll } from 'vitest';
import { openBrowser, type OpenBrowser } from './browser.ts';
import { DeskDriver } from './desk-driver.ts';
import { makeDataDir, startKiosk, type KioskProcess } from './kiosk-process.ts';
import { readPin } from './pin.ts';
import { VisitDriver } from './visit-driver.ts';

/** A lobby for the tests of one file: one kiosk, and whoever comes in or sits down at a desk. Gone after each test. */
export interface Lobby {
  kiosk(): KioskProcess;
  dataDir(): string;
  /** Before the kiosk, upright. */
  comeIn(): Promise<VisitDriver>;
  /** Before a desk that is still locked. */
  comeToDesk(): Promise<DeskDriver>;
  signIn(desk: DeskDriver): Promise<void>;
  /** At a desk, signed in. */
  sitAtDesk(): Promise<DeskDriver>;
  /** Somebody pulls the plug of a desk. */
  leave(desk: DeskDriver): Promise<void>;
}

/** Call it once, at the top of a test file: it starts the kiosk before its tests and stops it after them. */
export function useLobby(): Lobby {
  let folder: Awaited<ReturnType<typeof makeDataDir>>;
  let kiosk: KioskProcess;
  let open: OpenBrowser[] = [];

  beforeAll(async () => {
    folder = await makeDataDir();
    kiosk = await startKiosk(folder.path);
  }, 300_000);
  afterEach(async () => {
    for (const browser of open) await browser.close();
    open = [];
  });
  afterAll(async () => {
    await kiosk.putAway();
    await folder.remove();
  });

  const comeToDesk = async (): Promise<DeskDriver> => {
    const browser = await openBrowser(kiosk.ready.desk, 'desk');
    open.push(browser);
    return new DeskDriver(browser.page);
  };
  const signIn = async (desk: DeskDriver): Promise<void> => {
    await desk.signIn('demo', await readPin(folder.path, 'demo'));
    await desk.on('desk-queue');
  };
  return {
    kiosk: () => kiosk,
    dataDir: () => folder.path,
    async comeIn() {
      const browser = await openBrowser(kiosk.ready.kiosk, 'portrait');
      open.push(browser);
      const visit = new VisitDriver(browser.page);
      await visit.on('start');
      return visit;
    },
    comeToDesk,
    signIn,
    async sitAtDesk() {
      const desk = await comeToDesk();
      await signIn(desk);
      return desk;
    },
    async leave({ page }) {
      const left = open.find((browser) => browser.page === page);
      open = open.filter((browser) => browser !== left);
      await left?.close();
    },
  };
}
