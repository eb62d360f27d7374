import { createContentStore } from '../../adapters/content-store.ts';
import type { ContentStanding } from '../../contract/content-package.ts';
import { standingOf } from '../../domain/content-shelf.ts';
import { describeStanding, problemSentence } from '../content-words.ts';
import { readContentKeys } from '../content-keys.ts';
import { fail, ok, warn, type Finding, type KioskScene } from './check.ts';

const fix = 'skranke content status; have the district send a mended package under a higher version.';

/** A refusal counts until something newer is here; what IT took back is no trouble. */
export function judgePackages(standing: ContentStanding, trusts: boolean): Finding {
  const { live, staged, refused } = standing;
  const newest = Math.max(live?.version ?? 0, ...staged.map(({ version }) => version));
  const told = `${describeStanding({ ...standing, refused: [] }).join('; ')}.`;
  const trouble = refused.find(
    ({ version, problem }) => problem !== 'rolled-back' && (version === null || version > newest),
  );
  if (trouble !== undefined)
    return warn(
      `${trouble.version === null ? 'A package' : `Version ${String(trouble.version)}`} is not taken: ${problemSentence(trouble.problem, trouble.detail)} ${told}`,
      fix,
    );
  return trusts || live === null
    ? ok(told)
    : warn(`${told} No key is trusted here any more.`, 'skranke content trust FILE.');
}

/** What the district sent, and what of it is shown. */
export async function checkPackages({ config, running }: KioskScene): Promise<Finding> {
  const trusts = (await readContentKeys(config.dataDir)).length > 0;
  if (running !== null) return judgePackages(running.content, trusts);
  const { shelf, isLost } = await createContentStore(config.dataDir).readShelf();
  return isLost
    ? fail(
        'What was noted of packages of content cannot be read.',
        'Start the kiosk; the district sends them again.',
      )
    : judgePackages(standingOf(shelf, false), trusts);
}
