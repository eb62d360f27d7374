import type { ContentStanding, PackageProblem } from '../contract/content-package.ts';

/** Why a package of content is not taken, and what to do. */
export const packageSentences: Readonly<Record<PackageProblem, string>> = {
  'not-a-package': 'it is no package of content; "skranke district content pack" makes one.',
  'too-large': 'it is larger than a package may be.',
  'newer-format': 'it was made for a newer program; update this kiosk first.',
  'unknown-signer':
    'nobody here knows the key that signed it; "skranke content trust FILE" takes the district\'s public content key.',
  altered: 'it is not what the district signed: something in it was changed or is missing.',
  'wrong-district': 'it is of another district.',
  'other-kiosk': 'it is for other kiosks.',
  'not-newer': 'this kiosk has this version or a newer one; older content comes back under a new version.',
  'does-not-fit': 'it does not fit this kiosk.',
  'not-stored': 'it could not be stored; look at the room on the disk.',
  'start-failed': 'the kiosk ended again and again while it looked at it or started with it.',
  'rolled-back': 'IT went back to what was there before.',
};

export function problemSentence(problem: PackageProblem, detail: string | null): string {
  return `${packageSentences[problem]}${detail === null ? '' : ` ${detail}`}`;
}

export const atTime = (activateAt: string | null): string =>
  activateAt === null ? 'as soon as nobody is in a visit' : `at ${activateAt}, local time`;

/** How a kiosk stands with what its district sends. */
export function describeStanding(standing: ContentStanding): string[] {
  const { live, previous, staged, refused, isWaitingForVisitor } = standing;
  const shown =
    live === null
      ? 'content: what ships; no package of the district is live'
      : `content: version ${String(live.version)} is live, since ${live.since}; before it ${previous === null ? 'what ships' : `version ${String(previous)}`}`;
  return [
    shown,
    ...staged.map(({ version, activateAt }) => `staged: version ${String(version)}, ${atTime(activateAt)}`),
    ...(isWaitingForVisitor ? ['waiting: a visitor is in the middle of a visit'] : []),
    ...refused.map(
      ({ version, problem, detail, at }) =>
        `refused ${at}: ${version === null ? 'a package' : `version ${String(version)}`}: ${problemSentence(problem, detail)}`,
    ),
  ];
}
