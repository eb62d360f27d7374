import type { ContentStanding, PackageProblem, PackageRefusal } from '../contract/content-package.ts';
import { firstInstantOf } from './local-time.ts';

/** A package that lies in the data folder. */
export interface Shelved {
  readonly version: number;
  /** Local time; null: as soon as nobody is in a visit. */
  readonly activateAt: string | null;
}

export interface LivePackage extends Shelved {
  readonly since: string;
  /** The kiosk has run with it for a while. */
  readonly isProven: boolean;
  /** Starts with it that nobody knows the end of. */
  readonly tries: number;
}

/** What lies in the data folder, and what of it counts. */
export interface ContentShelf {
  readonly live: LivePackage | null;
  readonly previous: Shelved | null;
  /** Rising versions, all of them newer than what is live. */
  readonly staged: readonly Shelved[];
  /** Newest first. */
  readonly refused: readonly PackageRefusal[];
  /** IT asked for what was there before. */
  readonly goesBack: boolean;
  /** A package that was begun to be looked over, and how often without coming to an end. */
  readonly looking: { readonly version: number; readonly tries: number } | null;
}

export const emptyShelf: ContentShelf = {
  live: null,
  previous: null,
  staged: [],
  refused: [],
  goesBack: false,
  looking: null,
};

/** A package that ended the kiosk so often, or that never got through its look, is let go. */
export const mostTries = 3;
export const mostStaged = 20;
const mostRefusals = 5;

export type ContentTurn =
  | { readonly turn: 'stay' }
  | { readonly turn: 'activate'; readonly version: number }
  /** `too-early`: it went live by a clock that was wrong. */
  | { readonly turn: 'back'; readonly why: 'asked' | 'too-early' };

/** A clock that is set right by less is no reason to change what visitors see. */
const toleratedEarlyMs = 3_600_000;

/** @param now null while nobody can say what time it is: then nothing happens by the clock. */
export function contentTurn({ live, staged, goesBack }: ContentShelf, now: Date | null): ContentTurn {
  if (goesBack && live !== null) return { turn: 'back', why: 'asked' };
  const isDue = ({ activateAt }: Shelved): boolean =>
    activateAt === null || (now !== null && firstInstantOf(activateAt) <= now);
  const due = staged.filter((one) => isDue(one) && one.version > (live?.version ?? 0));
  const newest = due.toSorted((one, other) => other.version - one.version)[0];
  if (newest !== undefined) return { turn: 'activate', version: newest.version };
  const since = live?.activateAt ?? null;
  const isEarly =
    since !== null && now !== null && firstInstantOf(since).getTime() - now.getTime() > toleratedEarlyMs;
  return isEarly ? { turn: 'back', why: 'too-early' } : { turn: 'stay' };
}

const byVersion = (one: Shelved, other: Shelved): number => one.version - other.version;

const without = (shelf: ContentShelf, version: number): ContentShelf => ({
  ...shelf,
  staged: shelf.staged.filter((one) => one.version !== version),
});

/** A package that is to go live; what was said against this version before no longer counts. */
export function stage(shelf: ContentShelf, version: number, activateAt: string | null): ContentShelf {
  const staged = [...without(shelf, version).staged, { version, activateAt }];
  return {
    ...shelf,
    staged: staged.toSorted(byVersion),
    refused: shelf.refused.filter((one) => one.version !== version),
  };
}

/** It stands on the screen. What is older waits no longer; what was there is kept. */
export function activate(shelf: ContentShelf, version: number, since: string): ContentShelf {
  const taken = shelf.staged.find((one) => one.version === version);
  if (taken === undefined) return shelf;
  const { live } = shelf;
  return {
    ...shelf,
    live: { ...taken, since, isProven: false, tries: 0 },
    previous: live === null ? null : { version: live.version, activateAt: live.activateAt },
    staged: shelf.staged.filter((one) => one.version > version),
    goesBack: false,
  };
}

/** What was there before the live package. */
export function stepBack(shelf: ContentShelf, since: string): ContentShelf {
  const { previous } = shelf;
  return {
    ...shelf,
    live: previous === null ? null : { ...previous, since, isProven: false, tries: 0 },
    previous: null,
    goesBack: false,
  };
}

export function refusePackage(
  shelf: ContentShelf,
  { version, problem, detail }: { version: number | null; problem: PackageProblem; detail: string | null },
  at: string,
): ContentShelf {
  const others = shelf.refused.filter((one) => one.version !== version);
  const left = version === null ? shelf : without(shelf, version);
  const refusal = { version, problem, detail: detail?.slice(0, 500) ?? null, at };
  return { ...left, refused: [refusal, ...others].slice(0, mostRefusals) };
}

/** One more start with the live package. */
export function countTry(shelf: ContentShelf, version: number): ContentShelf {
  const { live } = shelf;
  return live?.version === version ? { ...shelf, live: { ...live, tries: live.tries + 1 } } : shelf;
}

/** The live package ran for a while. */
export function proveLive(shelf: ContentShelf, version: number): ContentShelf {
  const { live } = shelf;
  return live?.version === version ? { ...shelf, live: { ...live, tries: 0, isProven: true } } : shelf;
}

/** One more look at a package. */
export function countLook(shelf: ContentShelf, version: number): ContentShelf {
  const tries = shelf.looking?.version === version ? shelf.looking.tries + 1 : 1;
  return { ...shelf, looking: { version, tries } };
}

export function forgetLook(shelf: ContentShelf): ContentShelf {
  return { ...shelf, looking: null };
}

/** Versions whose files are needed. */
export function versionsOn({ live, previous, staged }: ContentShelf): number[] {
  return [live, previous, ...staged].flatMap((one) => one?.version ?? []);
}

export function standingOf(shelf: ContentShelf, isWaitingForVisitor: boolean): ContentStanding {
  const { live, previous, staged, refused } = shelf;
  const scheduled = ({ version, activateAt }: Shelved) => ({ version, activateAt });
  return {
    live: live === null ? null : { ...scheduled(live), since: live.since },
    previous: previous?.version ?? null,
    staged: staged.map(scheduled),
    refused: [...refused],
    isWaitingForVisitor,
  };
}
