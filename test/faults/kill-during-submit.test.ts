import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { createDice } from '../helpers/dice.ts';
import { checkWhole, readAnswers, submitChild } from '../helpers/submit-folder.ts';
import { makeFolder } from '../helpers/test-store.ts';

const kills = 200;
const lanes = 3;
/** Every tenth is killed while it starts: opening, migrating and claiming must survive it too. */
const killedWhileStarting = 10;

/** Lets a kiosk submit in a loop and kills it without warning. @returns everything it had answered. */
function submitAndKill(folder: string, afterMs: number, fromStart: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [submitChild, folder, '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let isArmed = false;
    const arm = (): void => {
      if (isArmed) return;
      isArmed = true;
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('stored ')) arm();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(output);
      else reject(new Error(`the kiosk ended by itself: ${output.slice(-200)} ${errors.slice(-2000)}`));
    });
    if (fromStart) arm();
  });
}

it(`${kills} kills at random moments: every acknowledged report is there once, none is half`, async () => {
  const seed = Date.now() % 1_000_000;
  const dice = createDice(seed);
  let done = 0;
  let acknowledged = 0;
  const runLane = async (): Promise<void> => {
    const folder = makeFolder();
    const promised = new Set<string>();
    while (done < kills) {
      done += 1;
      const fromStart = done % killedWhileStarting === 0;
      const afterMs = fromStart ? dice.below(600) : 5 + dice.below(55);
      const { kinds } = readAnswers(await submitAndKill(folder, afterMs, fromStart));
      for (const id of kinds.get('stored') ?? []) promised.add(id);
      expect([...kinds.keys()].filter((kind) => !['claimed', 'stored'].includes(kind))).toEqual([]);
      if (promised.size === 0) continue;
      const there = checkWhole(folder, false);
      expect(
        [...promised].filter((id) => !there.has(id)),
        `lost with seed ${seed}`,
      ).toEqual([]);
      // At most the one that was being answered when the kill came.
      expect(there.size - promised.size, `more than promised with seed ${seed}`).toBeLessThanOrEqual(done);
    }
    checkWhole(folder, true);
    acknowledged += promised.size;
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  expect(acknowledged).toBeGreaterThan(kills / 2);
});
