import { resolve } from 'node:path';
import { writePrivate } from '../adapters/private-files.ts';
import {
  allLanguages,
  makeContentKeyFiles,
  packContent,
  readKiosks,
  readPackageOf,
  type PackRequest,
} from '../app/pack-content.ts';
import { readLanguages } from '../app/content-folder.ts';
import { atTime, describeStanding, packageSentences } from '../app/content-words.ts';
import { listContentReports, listPackages, publishContent } from '../../src-district/content.ts';
import { administer } from './district-database.ts';
import { parseOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

const text = { type: 'string' } as const;
const options = {
  json: { type: 'boolean', default: false },
  database: text,
  district: text,
  keys: text,
  version: text,
  'activate-at': text,
  kiosks: text,
  languages: text,
  out: text,
} as const;

type Values = ReturnType<typeof parseOptions<typeof options>>['values'];

function readVersion(typed: string | undefined): number {
  if (typed === undefined || !/^[1-9]\d{0,8}$/.test(typed))
    throw new UsageError('district content pack: expected --version with a number, higher than the last.');
  return Number(typed);
}

function readRequest(from: string | undefined, values: Values): PackRequest & { readonly out: string } {
  if (from === undefined || values.keys === undefined || values.out === undefined)
    throw new UsageError(
      'district content pack: expected a folder of content, or an older package, --keys DIR, --version N and --out FILE.',
    );
  return {
    ...{ from: resolve(from), keys: values.keys, out: resolve(values.out) },
    version: readVersion(values.version),
    activateAt: values['activate-at'] ?? null,
    kiosks: values.kiosks === undefined ? null : readKiosks(values.kiosks),
    languages: values.languages === undefined ? allLanguages : readLanguages(values.languages),
  };
}

async function packCommand(from: string | undefined, values: Values): Promise<number> {
  const { out, ...request } = readRequest(from, values);
  const packed = await packContent(request);
  if (packed.kind === 'mistakes') {
    for (const sentence of packed.sentences) complain(sentence);
    complain('nothing was packed; "skranke content check" has the same list.');
    return 1;
  }
  await writePrivate(out, packed.text);
  const { claims } = packed;
  const told = { ...claims, files: claims.files.length, bytes: Buffer.byteLength(packed.text), file: out };
  if (values.json) say(JSON.stringify(told));
  else
    say(
      `${out}: version ${String(claims.version)} of ${claims.district.id}, ${String(told.files)} files, ${String(told.bytes)} bytes.`,
    );
  return 0;
}

async function keyCommand(folder: string | undefined, { district }: Values): Promise<number> {
  if (folder === undefined || district === undefined)
    throw new UsageError('district content key: expected a folder and --district ID.');
  say(
    `skranke: ${await makeContentKeyFiles(folder, district)} goes to the kiosks; content.private.jwk.json stays here.`,
  );
  return 0;
}

/** Looked over as a kiosk would, as far as that can be done here. */
async function publishCommand(file: string | undefined, values: Values): Promise<number> {
  if (file === undefined || values.keys === undefined)
    throw new UsageError('district content publish: expected a package, --keys DIR and --database URL.');
  const reading = await readPackageOf(resolve(file), values.keys);
  if (reading.kind === 'refused') {
    complain(`${file}: ${packageSentences[reading.problem]}`);
    return 1;
  }
  const { claims, bytes } = reading.opened;
  return administer(values.database, async (database) => {
    const outcome = await publishContent(database, claims, bytes);
    const named = `version ${String(claims.version)} of ${claims.district.id}`;
    const sentences = {
      published: `${named} is laid out; each kiosk fetches it within minutes, and it goes live ${atTime(claims.activateAt)}.`,
      same: `${named} is laid out already.`,
      'version-taken': `${named} is laid out already with other content; take a higher version.`,
    } as const;
    if (values.json) say(JSON.stringify({ outcome, version: claims.version, district: claims.district.id }));
    else if (outcome === 'version-taken') complain(sentences[outcome]);
    else say(sentences[outcome]);
    return outcome === 'version-taken' ? 1 : 0;
  });
}

function listCommand({ database, json }: Values): Promise<number> {
  return administer(database, async (opened) => {
    const packages = await listPackages(opened);
    const reports = await listContentReports(opened);
    if (json) {
      say(JSON.stringify({ packages, kiosks: reports }));
      return 0;
    }
    for (const { district, version, activateAt, kiosks, bytes } of packages)
      say(
        `package ${district} version ${String(version)}, ${atTime(activateAt)}, ${kiosks === null ? 'all kiosks' : `${String(kiosks.length)} kiosks`}, ${String(bytes)} bytes`,
      );
    for (const { kioskId, reportedAt, standing } of reports)
      for (const line of describeStanding(standing)) say(`${kioskId}\t${reportedAt}\t${line}`);
    return 0;
  });
}

/** `skranke district content key|pack|publish|list`. */
export async function districtContentCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, options);
  const [action, first] = positionals;
  switch (action) {
    case 'key':
      return keyCommand(first, values);
    case 'pack':
      return packCommand(first, values);
    case 'publish':
      return publishCommand(first, values);
    case 'list':
      return listCommand(values);
    default:
      throw new UsageError('district content: expected "key", "pack", "publish" or "list".');
  }
}
