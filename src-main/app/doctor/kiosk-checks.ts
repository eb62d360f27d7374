import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseRefusal } from '../../../db/database-refusal.ts';
import { reportIdSchema } from '../../contract/ids.ts';
import type { PublicKey } from '../../contract/keys.ts';
import { sealProbe } from '../../sealing/seal-probe.ts';
import { createSealer } from '../../sealing/sealer.ts';
import { askRunningKiosk } from '../admin.ts';
import { databaseFile, examineCopy, removeDatabase, takeDatabase } from '../backup.ts';
import { diskSentence } from '../new-file.ts';
import { ConfigError } from '../config-error.ts';
import { openCopiesFolder } from '../copies-folder.ts';
import {
  hasDemonstration,
  openDemonstrationKeys,
  readEnrolledKeys,
  readKioskPublicKey,
  readNextKey,
} from '../key-store.ts';
import { askPrinter, problemSentence, type PrinterHealth } from '../printer-tools.ts';
import { fail, ok, skipped, together, warn, type Finding, type KioskScene } from './check.ts';
import { checkRights } from './machine-checks.ts';

const keepFolder = 'Keep the data folder as it is. The newest backup can be put back: skranke restore.';

/** Every page and both chains, in a copy: visitors are served meanwhile. */
export async function checkDatabase({ config, running }: KioskScene): Promise<Finding> {
  const { dataDir } = config;
  if (running === null && !existsSync(databaseFile(dataDir)))
    return skipped('There is no database yet: it is made at the first start.');
  if (running !== null && running.store !== 'healthy')
    return fail(`The kiosk says that its database is ${running.store}.`, keepFolder);
  let copy: string | null = null;
  try {
    copy = join(await openCopiesFolder(dataDir), `${randomUUID()}.db`);
    const sentence = await takeDatabase(dataDir, copy, 'check');
    if (sentence !== null) return warn(sentence, 'Make room on the disk of the data folder.');
    const findings = await examineCopy(copy, databaseFile(dataDir), config.migrationsDir);
    if (findings.kind === 'damaged')
      return fail(`The database is damaged: ${findings.damage.join('; ')}.`, keepFolder);
    const { changed, reports, head, auditLines } = findings.facts;
    if (changed.length > 0)
      return fail(
        `Somebody changed the database from outside: ${changed.join('; ')}.`,
        'Keep the data folder as it is, and find out who has access to this machine.',
      );
    return ok(
      `Reports: ${reports}, events: ${head.sequence}, lines of the log: ${auditLines}; none missing or changed.`,
    );
  } catch (error) {
    if (error instanceof DatabaseRefusal) return fail(error.message, keepFolder);
    const sentence = diskSentence(error);
    if (sentence === null) throw error;
    return warn(
      `The database could not be copied to look through it: ${sentence}.`,
      'Make room, or run doctor as root.',
    );
  } finally {
    if (copy !== null) await removeDatabase(copy);
  }
}

export interface FoundKeys {
  readonly finding: Finding;
  /** What a report would be sealed for without a desk; null when nothing can be sealed. */
  readonly districts: ReadonlyMap<string, PublicKey> | null;
}

/** What is there to seal and sign with, and who else can read it. */
export async function checkKeys(scene: KioskScene): Promise<FoundKeys> {
  try {
    return await findKeys(scene);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      finding: fail(error.message, anewFix),
      districts: null,
    };
  }
}

function findKeys(scene: KioskScene): Promise<FoundKeys> {
  const { district } = scene.config;
  return district === undefined ? findDemonstrationKeys(scene) : findEnrolledKeys(scene, district.id);
}

async function findDemonstrationKeys({ config: { dataDir } }: KioskScene): Promise<FoundKeys> {
  if (!(await hasDemonstration(dataDir)))
    return nothingFound(skipped('There are no keys yet: a demonstration makes its own at the first start.'));
  const keys = await openDemonstrationKeys(dataDir);
  const told = 'The keys of a demonstration: what is promised of a stolen disk does not hold here.';
  return { finding: ok(told), districts: new Map([[home, keys.district]]) };
}

const enrolFix = 'skranke enrol, with the public key of the district.';
const anewFix = 'Keep the folder, and enrol this kiosk anew under a new number.';
/** One district is enough for a probe. */
const home = 'home';

const nothingFound = (finding: Finding): FoundKeys => ({ finding, districts: null });

async function findEnrolledKeys({ config, running }: KioskScene, districtId: string): Promise<FoundKeys> {
  const { dataDir } = config;
  const keys = await readEnrolledKeys(dataDir);
  if (keys === null) return nothingFound(fail('This kiosk is not enrolled: it takes no reports.', enrolFix));
  const { signing, districts } = keys;
  const key = districts.get(districtId);
  if (key === undefined)
    return nothingFound(fail(`The public key of the district "${districtId}" is missing.`, enrolFix));
  const publicKey = await readKioskPublicKey(dataDir);
  const findings = [
    ok(`Signing key ${signing.kid}, keys of ${districts.size} districts.`),
    checkRights(dataDir, [join(dataDir, 'keys', 'kiosk-private.jwk.json'), databaseFile(dataDir)]),
  ];
  const isBetweenKeys = (await readNextKey(dataDir)) !== null;
  if (isBetweenKeys)
    findings.push(warn('A renewal of the signing key was begun and not ended.', 'skranke enrol --renew'));
  else if (publicKey?.x !== signing.x || publicKey.y !== signing.y)
    findings.push(fail('The two halves of the signing key do not fit.', anewFix));
  if (running?.hasStationKey === false)
    findings.push(
      warn(
        'No desk is paired: reports are sealed for the district alone.',
        'skranke desk pair, and type the code at the desk.',
      ),
    );
  return { finding: together(findings), districts: new Map([[home, key]]) };
}

/** Seals a word for everyone a report is sealed for. */
export async function checkSeal({ running }: KioskScene, { districts }: FoundKeys): Promise<Finding> {
  const fix = 'Look at the keys above; until then the kiosk takes no reports.';
  if (running !== null)
    return running.canSeal ? ok('The kiosk sealed a probe just now.') : fail('The kiosk cannot seal.', fix);
  if (districts === null) return skipped('There is no key to seal for.');
  const sealer = createSealer({ districtKeys: districts, homeDistrictId: home, stationKey: () => null });
  const probe = await sealProbe(sealer, reportIdSchema.parse(randomUUID()));
  return probe.ok
    ? ok('A probe was sealed for the district.')
    : fail(`Nothing can be sealed (${probe.problem}).`, fix);
}

async function printerHealth({ config, running }: KioskScene): Promise<PrinterHealth | string> {
  // A running kiosk holds the printer: asking past it would disturb a slip.
  if (running === null) return askPrinter(config);
  const answer = await askRunningKiosk(config.dataDir, { ask: 'printer-status' });
  if (answer?.answer === 'printer') return answer.printer;
  return answer?.answer === 'refused' ? answer.sentence : 'The kiosk did not say how its printer is.';
}

/** What the printer says of itself; what comes out only a person sees. */
export async function checkPrinter(scene: KioskScene): Promise<Finding> {
  const fix = 'skranke printer status, skranke printer find.';
  try {
    const health = await printerHealth(scene);
    if (typeof health === 'string') return fail(health, fix);
    if (health.kind === 'none')
      return warn(
        'There is no printer: visitors copy their number from the screen.',
        'Set "printer" in the configuration.',
      );
    const sentence = health.problem === null ? '' : ` ${await problemSentence(scene.config, health.problem)}`;
    const told = `${health.name}, ${health.paper}: ${health.state}.${sentence}`;
    if (health.state === 'ready') return ok(told);
    return health.state === 'attention' ? warn(told, 'Look at the printer.') : fail(told, fix);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return fail(error.message, 'Mend the configuration.');
  }
}
