import { CommandFailed, type Packages } from '../../adapters/apt.ts';
import { isInShare } from './share.ts';
import type { UnderWay, UpdateState } from './update-state.ts';

/** The kiosk as an update meets it. */
export interface UpdatedKiosk {
  readonly kioskId: string;
  readonly percent: number;
  readonly waitMs: number;
  /** Shuts the door unless a visitor stands there; true also where no kiosk runs. */
  holdDoor(): Promise<boolean>;
  openDoor(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Checks of doctor that fail; null: the kiosk does not serve as this version. Gives it time to come up. */
  failedChecks(version: string): Promise<readonly string[] | null>;
  /** Everything it holds, looked through, in a new file; null: there is no database yet. @throws Error */
  backUp(version: string): Promise<string | null>;
  /** Puts that back where the version before cannot open what the other one left. Nothing is deleted. */
  putBack(backup: string): Promise<void>;
}

export interface UpdateParts {
  readonly packages: Packages;
  readonly kiosk: UpdatedKiosk;
  readonly readState: () => Promise<UpdateState>;
  readonly writeState: (state: UpdateState) => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
  readonly say: (sentence: string) => void;
}

export type UpdateOutcome =
  | {
      readonly kind: 'up-to-date' | 'not-yet' | 'failed-before' | 'no-way-back' | 'busy';
      readonly version: string;
    }
  | { readonly kind: 'updated' | 'went-back'; readonly from: string; readonly version: string };

export const basePackage = 'skranke-node';
const names = [basePackage, 'skranke'] as const;
const askAgainMs = 10_000;

/** Files of one version of every package of ours that is installed; null: one of them cannot be had. */
async function fetchAll({ packages }: UpdateParts, version: string): Promise<string[] | null> {
  const files: string[] = [];
  for (const name of names) {
    const there = await packages.installed(name);
    if (there === null) continue;
    const file = await packages.fetch(name, there.endsWith('~standin') ? `${version}~standin` : version);
    if (file === null) return null;
    files.push(file);
  }
  return files;
}

async function waitForDoor({ kiosk, wait }: UpdateParts): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += askAgainMs) {
    if (await kiosk.holdDoor()) return true;
    if (waitedMs >= kiosk.waitMs) return false;
    await wait(askAgainMs);
  }
}

/** Whether the other version serves, and nothing fails that did not fail before. */
async function isSound({ kiosk, say }: UpdateParts, { to, failedBefore }: UnderWay): Promise<boolean> {
  const failed = await kiosk.failedChecks(to);
  if (failed === null) {
    say(`version ${to} does not serve`);
    return false;
  }
  const worse = failed.filter((id) => !failedBefore.includes(id));
  if (worse.length > 0) say(`version ${to} fails its self-check: ${worse.join(', ')}`);
  return worse.length === 0;
}

async function goBack(parts: UpdateParts, state: UpdateState, underWay: UnderWay): Promise<UpdateOutcome> {
  const { packages, kiosk, writeState, say } = parts;
  const { from, to, backup } = underWay;
  // Noted first: whatever happens to this run, that version is not tried again.
  await writeState({ underWay, failed: [...new Set([...state.failed, to])] });
  const files = await fetchAll(parts, from);
  if (files === null) throw new Error(`version ${from} is nowhere to be had; install it by hand`);
  await kiosk.stop();
  await packages.install(files);
  if (backup !== null) await kiosk.putBack(backup);
  await kiosk.start();
  if ((await kiosk.failedChecks(from)) === null)
    say(`version ${from} does not serve either; look at the journal`);
  await kiosk.openDoor();
  await writeState({ underWay: null, failed: [...new Set([...state.failed, to])] });
  return { kind: 'went-back', from: to, version: from };
}

async function isInstalled(parts: UpdateParts, version: string): Promise<boolean> {
  const files = await fetchAll(parts, version);
  if (files === null) {
    parts.say(`version ${version} is not to be had any more`);
    return false;
  }
  try {
    await parts.packages.install(files);
    return true;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    parts.say(`version ${version} could not be installed: ${error.message}`);
    return false;
  }
}

/** From the stopped kiosk to one that serves, as the new version or as the old. */
async function change(parts: UpdateParts, state: UpdateState, underWay: UnderWay): Promise<UpdateOutcome> {
  const { packages, kiosk, writeState } = parts;
  const { from, to } = underWay;
  if (!(await isInstalled(parts, to))) return goBack(parts, state, underWay);
  await kiosk.start();
  if (!(await isSound(parts, underWay))) return goBack(parts, state, underWay);
  await kiosk.openDoor();
  await writeState({ ...state, underWay: null });
  await packages.keepOnly([from, to]);
  return { kind: 'updated', from, version: to };
}

/** What an update that a power cut ended left behind is brought to an end, before anything else. */
async function finishInterrupted(
  parts: UpdateParts,
  state: UpdateState,
  underWay: UnderWay,
): Promise<UpdateOutcome> {
  parts.say(`an update from ${underWay.from} to ${underWay.to} was interrupted; it is finished now`);
  if (!(await waitForDoor(parts))) return { kind: 'busy', version: underWay.to };
  // It was on its way back already.
  if (state.failed.includes(underWay.to)) return goBack(parts, state, underWay);
  await parts.kiosk.stop();
  return change(parts, state, underWay);
}

/** Looks for a newer version and takes it, if this kiosk is to and nobody stands there. @throws CommandFailed */
export async function runUpdate(parts: UpdateParts): Promise<UpdateOutcome> {
  const { packages, kiosk, readState, writeState } = parts;
  const state = await readState();
  if (state.underWay !== null) return finishInterrupted(parts, state, state.underWay);
  await packages.refresh();
  const from = (await packages.installed(basePackage)) ?? '';
  const to = await packages.newest(basePackage);
  if (to === null || !(await packages.isNewer(to, from))) return { kind: 'up-to-date', version: from };
  if (state.failed.includes(to)) return { kind: 'failed-before', version: to };
  if (!isInShare(kiosk.kioskId, to, kiosk.percent)) return { kind: 'not-yet', version: to };
  // Both in hand before the door is shut: the way there, and the way back.
  if ((await fetchAll(parts, from)) === null) return { kind: 'no-way-back', version: from };
  if ((await fetchAll(parts, to)) === null) return { kind: 'up-to-date', version: from };
  const failedBefore = [...((await kiosk.failedChecks(from)) ?? [])];
  if (!(await waitForDoor(parts))) return { kind: 'busy', version: to };
  await kiosk.stop();
  let underWay: UnderWay;
  try {
    underWay = { from, to, failedBefore, backup: await kiosk.backUp(to) };
    await writeState({ ...state, underWay });
  } catch (error) {
    // Nothing has changed yet.
    await kiosk.start();
    await kiosk.openDoor();
    throw error;
  }
  return change(parts, state, underWay);
}
