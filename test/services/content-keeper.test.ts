import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import type { ContentSigningKey } from '../../src-main/contract/keys.ts';
import { emptyShelf, type ContentShelf } from '../../src-main/domain/content-shelf.ts';
import type { ContentStore } from '../../src-main/domain/ports.ts';
import { openPackage, type OpenedPackage } from '../../src-main/sealing/content-package.ts';
import { createClockWatch } from '../../src-main/services/clock-watch.ts';
import { createContentKeeper, type ContentKeeper } from '../../src-main/services/content-keeper.ts';
import { startContent } from '../../src-main/services/content-start.ts';
import { makeSigner, makeTestPackage, publicOf } from '../helpers/content-packages.ts';
import { createFakeClock, createFakeLog, type FakeClock } from '../helpers/fakes.ts';

/* One kiosk and what its district sends: what lies on its disk, what stands on its screen, and its clock. */

let key: ContentSigningKey;
beforeAll(async () => {
  key = await makeSigner();
});

/** A disk that can be full, and that outlives the kiosk. */
class Disk implements ContentStore {
  shelf: ContentShelf = emptyShelf;
  readonly packages = new Map<number, Uint8Array>();
  isFull = false;
  isLost = false;
  readShelf = () => Promise.resolve({ shelf: this.shelf, isLost: this.isLost });
  writeShelf = (shelf: ContentShelf): Promise<void> => this.#write(() => (this.shelf = shelf));
  readPackage = (version: number) => Promise.resolve(this.packages.get(version) ?? null);
  writePackage = (version: number, bytes: Uint8Array): Promise<void> =>
    this.#write(() => this.packages.set(version, bytes));
  putAside = (): Promise<void> => Promise.resolve();
  sweep = (): Promise<void> => Promise.resolve();

  #write(change: () => unknown): Promise<void> {
    if (this.isFull) return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    change();
    return Promise.resolve();
  }
}

let disk: Disk;
let clock: FakeClock;
/** Versions in the order in which they came to the screen; 0 is what ships. */
let shown: number[];
/** Versions that this kiosk finds mistakes in. */
let unfit: Set<number>;
let keeper: ContentKeeper;
let page: AbortController | null;
const running: ContentKeeper[] = [];

const versionOf = (opened: OpenedPackage | null): number => opened?.claims.version ?? 0;
const open = (bytes: Uint8Array) => openPackage(bytes, [publicOf(key)]);

/** A start of the kiosk on the same disk; the kiosk before it was killed. */
async function start(): Promise<number> {
  // Of a kiosk that was killed nothing happens any more.
  for (const dead of running.splice(0)) void dead.stop();
  const log = createFakeLog();
  const load = (opened: OpenedPackage | null) =>
    Promise.resolve(
      unfit.has(versionOf(opened))
        ? { ok: false as const, detail: 'a mistake.' }
        : { ok: true as const, loaded: versionOf(opened) },
    );
  const { shelf, loaded } = await startContent({ store: disk, clock, log, open, load, isStart: true });
  keeper = createContentKeeper({
    ...{ shelf, clock, log, open, timers: clock, watch: createClockWatch(clock) },
    readPackage: disk.readPackage,
    who: { kioskId: kioskIdSchema.parse('06-120'), districtId: 'fyn' },
    note: () => undefined,
    fit: (opened) => {
      const version = versionOf(opened);
      return Promise.resolve(
        unfit.has(version)
          ? { kind: 'does-not-fit', detail: 'hours.json: nystad: expected the id of a station.' }
          : { kind: 'fits', show: () => void shown.push(version) },
      );
    },
  });
  page = null;
  running.push(keeper);
  keeper.start();
  return loaded;
}

/** A visitor's page connects; on it somebody is in a visit until it says otherwise. */
function visitorComes(): void {
  page = new AbortController();
  keeper.visitorCame(page.signal);
}
const visitEnds = (): Promise<void> =>
  page === null ? Promise.resolve() : keeper.visitorIsFree(page.signal);

const send = async (said: Parameters<typeof makeTestPackage>[1]) =>
  keeper.take(await makeTestPackage(key, said));
const problemOf = async (said: Parameters<typeof makeTestPackage>[1]): Promise<string> => {
  const outcome = await send(said);
  return outcome.kind === 'refused' ? outcome.problem : outcome.kind;
};
const minutes = async (many: number): Promise<void> => {
  clock.advance(many * 60_000);
  await keeper.look();
};

beforeEach(async () => {
  disk = new Disk();
  // Friday, 14:32 at the station.
  clock = createFakeClock('2026-11-20T13:32:00.000Z');
  shown = [];
  unfit = new Set();
  await start();
  await minutes(2);
});

describe('a package', () => {
  test('is on the screen at once where nobody stands, and after the visit where somebody does', async () => {
    await send({ version: 1 });
    await keeper.look();
    expect(shown).toEqual([1]);
    visitorComes();
    await send({ version: 2 });
    await minutes(5);
    expect(shown).toEqual([1]);
    expect(keeper.standing()).toMatchObject({
      ...{ live: { version: 1 }, staged: [{ version: 2 }], isWaitingForVisitor: true },
    });
    await visitEnds();
    expect(shown).toEqual([1, 2]);
    expect(keeper.standing()).toMatchObject({
      ...{ live: { version: 2 }, previous: 1, staged: [], isWaitingForVisitor: false },
    });
  });

  test('with a time waits for it; of two the newer one wins, whichever came first', async () => {
    await send({ version: 3, activateAt: '2026-11-20T16:00' });
    await send({ version: 2, activateAt: '2026-11-20T15:00' });
    await send({ version: 4, activateAt: '2026-11-20T16:00' });
    await minutes(27);
    expect(shown).toEqual([2]);
    await minutes(60);
    expect(shown).toEqual([2, 4]);
    expect(keeper.standing()).toMatchObject({ live: { version: 4 }, previous: 2, staged: [] });
  });

  test('that is not for this kiosk, or not newer, is refused and changes nothing', async () => {
    await send({ version: 5 });
    await keeper.look();
    const before = disk.shelf;
    expect(await problemOf({ version: 5 })).toBe('not-newer');
    expect(await problemOf({ version: 4 })).toBe('not-newer');
    expect(await problemOf({ version: 6, district: { id: 'aalborg', number: '01' } })).toBe('wrong-district');
    expect(await problemOf({ version: 6, kiosks: [kioskIdSchema.parse('06-121')] })).toBe('other-kiosk');
    expect(disk.shelf).toEqual(before);
    expect(await problemOf({ version: 6, kiosks: [kioskIdSchema.parse('06-120')] })).toBe('staged');
  });

  test('the same twice is the same once', async () => {
    const bytes = await makeTestPackage(key, { version: 7, activateAt: '2026-11-21T06:00' });
    expect(await keeper.take(bytes)).toMatchObject({ kind: 'staged' });
    expect(await keeper.take(bytes)).toMatchObject({ kind: 'known' });
  });

  test('that does not fit here is refused with its sentence, and the old one stays', async () => {
    await send({ version: 1 });
    unfit.add(2);
    expect(await send({ version: 2 })).toMatchObject({
      ...{ kind: 'refused', problem: 'does-not-fit', detail: expect.stringContaining('nystad') },
    });
    await minutes(5);
    expect(shown).toEqual([1]);
  });

  test('that fitted when it came and does not when its time has come is refused then', async () => {
    await send({ version: 2, activateAt: '2026-11-20T15:00' });
    unfit.add(2);
    await minutes(40);
    expect(shown).toEqual([]);
    expect(keeper.standing()).toMatchObject({
      ...{ live: null, staged: [], refused: [{ version: 2, problem: 'does-not-fit' }] },
    });
  });

  test('that finds no room on the disk leaves all as it was, also while it goes live', async () => {
    disk.isFull = true;
    expect(await problemOf({ version: 1 })).toBe('not-stored');
    disk.isFull = false;
    await send({ version: 2, activateAt: '2026-11-20T15:00' });
    disk.isFull = true;
    await minutes(40);
    expect([shown, keeper.standing().live]).toEqual([[], null]);
    disk.isFull = false;
    await minutes(1);
    expect(shown).toEqual([2]);
  });
});

describe('the clock', () => {
  beforeEach(() => send({ version: 1, activateAt: '2026-12-20T06:00' }));

  test('of 1970, or known to be wrong, starts nothing', async () => {
    clock.leap(-50 * 365 * 86_400_000);
    await minutes(60);
    clock.leap(51 * 365 * 86_400_000);
    clock.distrust();
    await minutes(600);
    expect(shown).toEqual([]);
  });

  test('that leaps ahead is given a quarter of an hour to be set right', async () => {
    clock.leap(60 * 86_400_000);
    await minutes(10);
    expect(shown).toEqual([]);
    clock.leap(-60 * 86_400_000);
    await minutes(600);
    expect(shown).toEqual([]);
  });

  test('that was wrong for longer is followed, and what went live too early goes back and waits again', async () => {
    clock.leap(60 * 86_400_000);
    await keeper.look();
    await minutes(16);
    expect(shown).toEqual([1]);
    // The machine is started again with the right time.
    clock.leap(-60 * 86_400_000);
    await start();
    await minutes(2);
    expect(shown).toEqual([1, 0]);
    expect(keeper.standing()).toMatchObject({ live: null, staged: [{ version: 1 }], refused: [] });
  });

  test('confirmed or contradicted by the district counts from then on', () => {
    const watch = createClockWatch(clock);
    expect(watch.now()).toBeNull();
    watch.hear(new Date(clock.now().getTime() + 60_000));
    expect(watch.now()).not.toBeNull();
    watch.hear(new Date(clock.now().getTime() + 86_400_000));
    expect(watch.now()).toBeNull();
  });
});

describe('going back', () => {
  test('is asked for by IT, waits for the visit to end, and the package is not taken again by itself', async () => {
    await send({ version: 1 });
    await send({ version: 2 });
    await keeper.look();
    visitorComes();
    expect(await keeper.rollBack()).toBe('going-back');
    await keeper.look();
    expect(shown).toEqual([1, 2]);
    await visitEnds();
    expect(shown).toEqual([1, 2, 1]);
    expect(keeper.standing()).toMatchObject({
      ...{ live: { version: 1 }, refused: [{ version: 2, problem: 'rolled-back' }] },
    });
    expect(await keeper.rollBack()).toBe('going-back');
    await visitEnds();
    expect(shown).toEqual([1, 2, 1, 0]);
    expect(await keeper.rollBack()).toBe('nothing-to-leave');
  });

  test('to one that does not fit any more leaves what ships', async () => {
    await send({ version: 1 });
    await send({ version: 2 });
    await keeper.look();
    unfit.add(1);
    await keeper.rollBack();
    await keeper.look();
    await keeper.look();
    expect(shown).toEqual([1, 2, 0]);
  });
});

describe('a start', () => {
  beforeEach(async () => {
    await send({ version: 1 });
    await send({ version: 2 });
    await keeper.look();
  });

  test('has what was live before', async () => {
    expect(await start()).toBe(2);
  });

  test('that ends the kiosk again and again with a new package falls back to the one before, by itself', async () => {
    expect([await start(), await start(), await start()]).toEqual([2, 2, 2]);
    expect(await start()).toBe(1);
    expect(keeper.standing()).toMatchObject({
      ...{ live: { version: 1 }, refused: [{ version: 2, problem: 'start-failed' }] },
    });
  });

  test('blames no package that ran for a while', async () => {
    await start();
    clock.advance(61_000);
    await vi.waitFor(() => expect(disk.shelf.live?.isProven).toBe(true));
    for (let n = 0; n < 5; n += 1) expect(await start()).toBe(2);
  });

  test('with a package that was altered, is gone, or does not load falls back', async () => {
    disk.packages.set(2, await makeTestPackage(key, { version: 3 }));
    expect(await start()).toBe(1);
    disk.packages.delete(1);
    expect(await start()).toBe(0);
    expect(keeper.standing().refused.map(({ version, problem }) => [version, problem])).toEqual([
      [1, 'altered'],
      [2, 'altered'],
    ]);
  });

  test('goes well on a full disk, and when what was noted cannot be read', async () => {
    disk.isFull = true;
    expect(await start()).toBe(2);
    disk.isFull = false;
    disk.shelf = emptyShelf;
    disk.isLost = true;
    expect(await start()).toBe(0);
  });
});

test('a look that ends the program is tried three times, and then the package is let go', async () => {
  const bytes = await makeTestPackage(key, { version: 9 });
  disk.shelf = { ...emptyShelf, looking: { version: 9, tries: 2 } };
  await start();
  expect(await keeper.take(bytes)).toMatchObject({ kind: 'staged' });
  disk.shelf = { ...emptyShelf, looking: { version: 9, tries: 3 } };
  await start();
  expect(await keeper.take(bytes)).toMatchObject({ kind: 'refused', problem: 'start-failed' });
});
