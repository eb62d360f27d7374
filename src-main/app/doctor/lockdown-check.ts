import { programRoot } from '../config.ts';
import { skipped, type Finding, type KioskScene } from './check.ts';
import type { LockdownPlaces, LockdownRule } from './lockdown-rules.ts';
import { NotAllowed, readMachineFiles, type MachineFiles } from './machine-files.ts';

/** What this user may not read is left out, and said. */
export async function applyRule(
  rule: LockdownRule,
  files: MachineFiles,
  places: LockdownPlaces,
): Promise<Finding> {
  try {
    return await rule.look(files, places);
  } catch (error) {
    if (error instanceof NotAllowed) return skipped(`Only root may read ${error.message}.`);
    throw error;
  }
}

/** How far the machine around the kiosk is closed. */
export async function checkLockdown(rule: LockdownRule, { config }: KioskScene): Promise<Finding> {
  if (config.district === undefined) return skipped('A demonstration stands in no lobby.');
  if (process.platform !== 'linux') return skipped('Looked at on Linux only; see docs/lockdown.md.');
  return applyRule(rule, readMachineFiles('/'), { dataDir: config.dataDir, programDir: programRoot() });
}
