import { describe, expect, it } from 'vitest';
import type { Packages } from '../../../src-main/adapters/apt.ts';
import { runUpdate, type UpdateParts } from '../../../src-main/app/update/run-update.ts';
import { isInShare } from '../../../src-main/app/update/share.ts';
import { noUpdate, type UpdateState } from '../../../src-main/app/update/update-state.ts';

/** A machine with one version on it, a repository with several, and a kiosk that may fail as one of them. */
class FakeMachine {
  version = '1.0.0';
  repository = ['1.0.0', '2.0.0'];
  failing = new Map<string, readonly string[] | null>();
  isVisited = false;
  isHeld = false;
  isRunning = true;
  /** Which version migrated the database last. */
  database = '1.0.0';
  state: UpdateState = noUpdate;
  /** Throws when it is reached: the power goes. */
  diesAt: 'install' | null = null;
  readonly told: string[] = [];

  parts(percent = 100): UpdateParts {
    return {
      packages: this.#packages(),
      kiosk: {
        kioskId: 'fyn 120',
        percent,
        waitMs: 20_000,
        holdDoor: async () => (this.isHeld = !this.isVisited),
        openDoor: async () => void (this.isHeld = false),
        stop: async () => void (this.isRunning = false),
        start: async () => {
          this.isRunning = true;
          this.database = this.version > this.database ? this.version : this.database;
        },
        failedChecks: async (version) => {
          const isRefused = this.database > this.version;
          if (!this.isRunning || version !== this.version || isRefused) return null;
          return this.failing.get(version) === undefined ? [] : (this.failing.get(version) ?? null);
        },
        backUp: async () => this.database,
        putBack: async (backup) => void (this.database = backup),
      },
      readState: async () => this.state,
      writeState: async (state) => void (this.state = state),
      wait: async () => undefined,
      say: (sentence) => void this.told.push(sentence),
    };
  }

  #packages(): Packages {
    return {
      refresh: async () => undefined,
      installed: async (name) => (name === 'skranke-node' ? this.version : null),
      newest: async () => this.repository.at(-1) ?? null,
      fetch: async (_, version) => (this.repository.includes(version) ? version : null),
      isNewer: async (version, than) => version > than,
      install: async ([file = '']) => {
        if (this.diesAt === 'install') throw new PowerCut();
        this.version = file;
      },
      keepOnly: async () => undefined,
    };
  }
}

class PowerCut extends Error {}

const sound = { isRunning: true, isHeld: false };

describe('an update', () => {
  it('takes the newer version and lets visitors in again', async () => {
    const machine = new FakeMachine();
    expect(await runUpdate(machine.parts())).toEqual({ kind: 'updated', from: '1.0.0', version: '2.0.0' });
    expect(machine).toMatchObject({ ...sound, version: '2.0.0', state: { underWay: null, failed: [] } });
  });

  it('goes back, with the database, from a version that does not serve or in which a check fails that was well before', async () => {
    for (const failed of [null, ['fonts']] as const) {
      const machine = new FakeMachine();
      machine.failing.set('2.0.0', failed);
      expect(await runUpdate(machine.parts())).toMatchObject({ kind: 'went-back', version: '1.0.0' });
      expect(machine).toMatchObject({
        ...sound,
        version: '1.0.0',
        database: '1.0.0',
        state: { underWay: null },
      });
      expect(await runUpdate(machine.parts())).toEqual({ kind: 'failed-before', version: '2.0.0' });
    }
  });

  it('does not blame the new version for a printer that had no paper before', async () => {
    const machine = new FakeMachine();
    for (const version of ['1.0.0', '2.0.0']) machine.failing.set(version, ['printer']);
    expect(await runUpdate(machine.parts())).toMatchObject({ kind: 'updated' });
  });

  it('changes nothing while somebody stands there, and without a way back', async () => {
    const visited = new FakeMachine();
    visited.isVisited = true;
    expect(await runUpdate(visited.parts())).toEqual({ kind: 'busy', version: '2.0.0' });
    const oneWay = new FakeMachine();
    oneWay.repository = ['2.0.0'];
    expect(await runUpdate(oneWay.parts())).toEqual({ kind: 'no-way-back', version: '1.0.0' });
    for (const machine of [visited, oneWay]) expect(machine).toMatchObject({ ...sound, version: '1.0.0' });
  });

  it('is finished after a power cut, whichever version was there by then', async () => {
    for (const version of ['1.0.0', '2.0.0']) {
      const machine = new FakeMachine();
      const underWay = { from: '1.0.0', to: '2.0.0', backup: '1.0.0', failedBefore: [] };
      Object.assign(machine, { version, isRunning: false, isHeld: true, state: { underWay, failed: [] } });
      expect(await runUpdate(machine.parts())).toMatchObject({ kind: 'updated', version: '2.0.0' });
      expect(machine).toMatchObject({ ...sound, version: '2.0.0' });
    }
  });

  it('leaves a note of what it began when it dies in the middle, so that the next run ends it', async () => {
    const machine = new FakeMachine();
    machine.diesAt = 'install';
    await expect(runUpdate(machine.parts())).rejects.toThrow(PowerCut);
    expect(machine.state.underWay).toMatchObject({ from: '1.0.0', to: '2.0.0' });
    machine.diesAt = null;
    expect(await runUpdate(machine.parts())).toMatchObject({ kind: 'updated' });
    expect(machine).toMatchObject(sound);
  });
});

it('a percentage draws the same kiosks each time, keeps them when it is raised, and others for another version', () => {
  const kiosks = Array.from({ length: 1000 }, (_, number) => `fyn ${number}`);
  const chosen = (version: string, percent: number): string[] =>
    kiosks.filter((kiosk) => isInShare(kiosk, version, percent));
  const few = chosen('2.0.0', 10);
  expect(few.length).toBeGreaterThan(60);
  expect(few.length).toBeLessThan(150);
  expect(chosen('2.0.0', 10)).toEqual(few);
  expect(chosen('2.0.0', 50)).toEqual(expect.arrayContaining(few));
  expect(chosen('2.0.1', 10)).not.toEqual(few);
  expect([chosen('2.0.0', 0).length, chosen('2.0.0', 100).length]).toEqual([0, kiosks.length]);
});
