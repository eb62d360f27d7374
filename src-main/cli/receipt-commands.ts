import { writeFile } from 'node:fs/promises';
import { readConfig } from '../app/config.ts';
import { makeSample, sampleFormats } from '../app/receipt-sample.ts';
import { verifyReceipt, type ReceiptVerdict, type VerifyingKeys } from '../app/receipt-verify.ts';
import { receiptLanguages, receiptPapers, receiptVariants, sheetVariants } from '../contract/receipt.ts';
import { openOrRefuse } from './district-database.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

function oneOf<const Known extends string>(
  name: string,
  typed: string | undefined,
  known: readonly Known[],
): Known {
  const found = known.find((word) => word === typed);
  if (found === undefined)
    throw new UsageError(`--${name} ${typed ?? ''}: expected one of ${known.join(', ')}.`);
  return found;
}

async function sampleCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseOptions(argv, {
    type: { type: 'string' },
    lang: { type: 'string', default: 'da' },
    'second-lang': { type: 'string', default: 'da' },
    paper: { type: 'string', default: '80mm' },
    variant: { type: 'string' },
    format: { type: 'string', default: 'pdf' },
    at: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const { out } = values;
  if (out === undefined) throw new UsageError('receipt sample: expected --out with a file to write.');
  // Two languages, never three: Danish is the second of every slip.
  oneOf('second-lang', values['second-lang'], ['da']);
  const paper = oneOf('paper', values.paper, receiptPapers);
  const sample = await makeSample({
    type: values.type ?? null,
    language: oneOf('lang', values.lang, receiptLanguages),
    paper,
    variant:
      values.variant === undefined
        ? null
        : oneOf('variant', values.variant, [...receiptVariants, ...sheetVariants]),
    format: oneOf('format', values.format, sampleFormats),
    at: values.at ?? null,
  });
  const { bytes, ...told } = sample;
  for (const script of told.missingScripts)
    complain(`no font here has the script ${script}; other words stand in its place.`);
  await writeFile(out, bytes);
  if (values.json) say(JSON.stringify({ file: out, paper, ...told }));
  else
    say(
      `${out}: ${told.variant}, ${paper}, ${told.heightMm} mm, ${told.pages === 1 ? '1 page' : `${told.pages} pages`}`,
    );
  return 0;
}

async function keysFrom(keys: string | undefined, dataDir: string | undefined): Promise<VerifyingKeys> {
  if (keys !== undefined && dataDir !== undefined)
    throw new UsageError('receipt verify: expected --keys or --data-dir, not both.');
  if (keys !== undefined) return { kind: 'keys', path: keys };
  const config = await readConfig({ configFile: null, dataDir: dataDir ?? null });
  return { kind: 'data-dir', path: config.dataDir };
}

function sentenceFor(verdict: ReceiptVerdict): string {
  switch (verdict.kind) {
    case 'genuine': {
      const { reference, stationId, day } = verdict.claims;
      const groups = reference.replace(/(\d{4})(?=\d)/g, '$1 ');
      return `genuine: ${groups}, received at ${stationId} on ${day}, signed by kiosk ${verdict.kioskId}`;
    }
    case 'unreadable':
      return 'this is not the whole code of a slip: something was changed, left out or added.';
    case 'forged':
      return `the code does not match its signature: kiosk ${verdict.kioskId} did not print this.`;
    case 'unknown-kiosk':
      return `there is no key of kiosk ${verdict.kioskId} here: nobody can say that this slip is genuine.`;
  }
}

async function judge(code: string, { keys, database, dataDir }: Sources): Promise<ReceiptVerdict> {
  if (database === undefined) return verifyReceipt(code, await keysFrom(keys, dataDir));
  if (keys !== undefined || dataDir !== undefined)
    throw new UsageError('receipt verify: expected one of --keys, --data-dir and --database.');
  const { districtMigrationsDir } = await readConfig({ configFile: null, dataDir: null });
  const opened = await openOrRefuse(database, districtMigrationsDir);
  try {
    return await verifyReceipt(code, { kind: 'database', database: opened });
  } finally {
    await opened.close();
  }
}

interface Sources {
  readonly keys: string | undefined;
  readonly database: string | undefined;
  readonly dataDir: string | undefined;
}

async function verifyCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    keys: { type: 'string' },
    database: { type: 'string' },
    'data-dir': placeOptions['data-dir'],
    json: placeOptions.json,
  });
  if (positionals.length === 0) throw new UsageError('receipt verify: expected the code from a slip.');
  const { keys, database, 'data-dir': dataDir } = values;
  // A scanner that plays a keyboard may break the line.
  const verdict = await judge(positionals.join(''), { keys, database, dataDir });
  const isGenuine = verdict.kind === 'genuine';
  if (values.json) {
    const { claims } = isGenuine ? verdict : { claims: null };
    const kiosk = 'kioskId' in verdict ? verdict.kioskId : null;
    say(
      JSON.stringify({
        verdict: verdict.kind,
        reference: claims?.reference ?? null,
        station: claims?.stationId ?? null,
        day: claims?.day ?? null,
        kiosk,
      }),
    );
  } else if (isGenuine) say(sentenceFor(verdict));
  else complain(sentenceFor(verdict));
  return isGenuine ? 0 : 1;
}

/** `skranke receipt sample` and `skranke receipt verify CODE`. */
export async function receiptCommand(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'sample':
      return sampleCommand(rest);
    case 'verify':
      return verifyCommand(rest);
    default:
      throw new UsageError('receipt: expected "receipt sample" or "receipt verify".');
  }
}
