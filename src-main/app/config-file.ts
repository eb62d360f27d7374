import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseDistrictUrl } from '../adapters/http-district.ts';
import { themeSchema } from '../contract/visitor.ts';
import { ConfigError } from './config-error.ts';
import { printerSchema } from './printer-config.ts';
import { stationKioskMistakes, stationKiosksSchema } from './station-kiosks.ts';

const code = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected small letters, digits and hyphens');

/** http is for a district on this machine only; a lobby's line is TLS. */
const districtUrl = z.string().refine((text) => parseDistrictUrl(text).ok, {
  error: 'expected an https:// address without user and password (http:// only for this machine itself)',
});

const path = z.string().min(1, 'expected a path');

/** The descriptions are what an editor shows to IT: resources/schemas/config.schema.json is made from here. */
/** Desks over the station's network: where to listen, and by which names desks call. */
const networkSchema = z.strictObject({
  address: z
    .union([z.ipv4(), z.ipv6()], 'expected an address of this machine, or 0.0.0.0')
    .default('0.0.0.0'),
  port: z.int().min(0).max(65_535).default(8443),
  names: z
    .array(
      z.union(
        [
          z.ipv4(),
          z.string().regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/),
        ],
        'expected the small-letter name or the IPv4 address that stands in the certificate',
      ),
    )
    .min(1)
    .max(8),
  station: stationKiosksSchema,
});

export const configSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors: the place of this schema.'),
  dataDir: path
    .optional()
    .describe('Where reports wait: a folder that only the user of the kiosk can read. --data-dir wins.'),
  contentDir: path
    .optional()
    .describe('What a district lays over the content that ships; a relative path starts at this file.'),
  district: z
    .strictObject({
      id: code.describe("The district's id in content, such as nordjylland."),
      url: districtUrl.describe('The address of its intake, https://.'),
      caFile: path
        .optional()
        .describe("PEM of who signed the intake's certificate; left out: the system's own list."),
    })
    .optional()
    .describe('Left out: a demonstration, from which nothing reaches the police.'),
  kiosk: z
    .strictObject({
      number: z
        .string()
        .regex(/^\d{3}$/, 'expected three digits, such as "120"')
        .describe('Given by the district, never used before.'),
      stationId: code.describe("The station's id in content."),
    })
    .optional()
    .describe('Which kiosk this is; goes with "district".'),
  printer: printerSchema.optional().describe('Left out: files in a demonstration, otherwise none.'),
  screen: z
    .strictObject({
      idleSeconds: z.int().min(30).max(300).default(90).describe('Until the visitor is asked.'),
      warningSeconds: z.int().min(10).max(60).default(30).describe('Until everything typed is wiped.'),
      theme: themeSchema
        .default('light')
        .describe('Colours each visit starts with; "dark" for a lobby without daylight.'),
      heightMm: z.int().min(100).max(3000).optional().describe('Height of the picture.'),
      bottomMm: z.int().min(0).max(2000).optional().describe('From the floor to its lower edge.'),
    })
    .prefault({}),
  headphones: z
    .strictObject({
      file: path.describe(
        'A file in which the system keeps "plugged" or "unplugged"; a relative path starts at this file.',
      ),
    })
    .optional()
    .describe('Left out: nobody can tell, and speech is for who asked for it by touch.'),
  keeping: z
    .strictObject({
      reportDays: z
        .int()
        .min(1)
        .max(30)
        .default(30)
        .describe('After the district has acknowledged a report and work on it ended. Visitors are told 30.'),
      auditDays: z.int().min(30).max(3650).default(730),
    })
    .prefault({}),
  update: z
    .strictObject({
      percent: z
        .int()
        .min(0)
        .max(100)
        .default(100)
        .describe(
          'Of all kiosks, how many take a new version by themselves; which ones is drawn anew for each version. 0: none.',
        ),
      waitMinutes: z
        .int()
        .min(0)
        .max(60)
        .default(20)
        .describe('How long an update waits for the visitor of now to leave; then it comes back later.'),
    })
    .prefault({}),
  desk: z
    .strictObject({
      onKiosk: z.boolean().default(false).describe('A desk may open on the screen of the kiosk itself.'),
      network: networkSchema.optional().describe('Desks over the network of the station, by TLS.'),
    })
    .prefault({}),
});
export type ParsedConfig = z.infer<typeof configSchema>;

/** One thing that is wrong in a configuration. */
export interface ConfigMistake {
  /** Null: the whole file. */
  readonly key: string | null;
  /** File, key and what was expected. */
  readonly message: string;
}

export interface ConfigReading {
  /** Without the parts that are wrong; null when nothing could be read. */
  readonly sound: ParsedConfig | null;
  /** Empty: `sound` is the whole. */
  readonly mistakes: readonly ConfigMistake[];
}

/** A sentence for every mistake that can be seen in the text itself. */
export function parseConfig(file: string, text: string): ConfigReading {
  let written: unknown;
  try {
    // Some editors put a mark before the first character.
    written = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable';
    return { sound: null, mistakes: [{ key: null, message: `${file}: not JSON: ${why}.` }] };
  }
  const result = configSchema.safeParse(written);
  const cross = [...crossMistakes(file, written), ...stationMistakes(file, written)];
  if (result.success) return { sound: result.data, mistakes: cross };
  const { issues } = result.error;
  const wrong = new Set(
    issues
      .flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))
      .concat(issues.flatMap(({ path: [first] }) => (first === undefined ? [] : [String(first)]))),
  );
  return {
    sound: configSchema.safeParse(without(written, wrong)).data ?? null,
    mistakes: [...issues.flatMap((issue) => mistakesOf(file, issue)), ...cross],
  };
}

function without(written: unknown, keys: ReadonlySet<string>): unknown {
  const parts = z.record(z.string(), z.unknown()).safeParse(written);
  if (!parts.success) return null;
  return Object.fromEntries(Object.entries(parts.data).filter(([key]) => !keys.has(key)));
}

export function mistakeAt(file: string, key: string, expected: string): ConfigMistake {
  return { key, message: `${file}: "${key}": ${expected}.` };
}

function mistakesOf(file: string, issue: z.core.$ZodIssue): ConfigMistake[] {
  const at = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(at);
    const advice = known.length === 0 ? '' : `; expected one of ${known.join(', ')}`;
    return issue.keys.map((name) =>
      mistakeAt(file, [...at, name].join('.'), `there is no such key${advice}`),
    );
  }
  const message = plainly(issue);
  return [
    at.length === 0 ? { key: null, message: `${file}: ${message}.` } : mistakeAt(file, at.join('.'), message),
  ];
}

/** Of zod's own sentences only what was expected; ours are sentences already. */
function plainly(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_union':
      return `expected one of ${('options' in issue ? (issue.options ?? []) : []).join(', ')}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? issue.message : `expected ${String(issue.minimum)} or more`;
    case 'too_big':
      return `expected ${String(issue.maximum)} or less`;
    case 'invalid_type':
      return issue.message
        .replace('Invalid input: ', '')
        .replace(', received undefined', '; it is missing')
        .replace('expected int, received number', 'expected a whole number');
    default:
      return issue.message;
  }
}

const knowing = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

/** The keys an object of the configuration may have. */
function knownKeys(at: readonly string[]): string[] {
  let places: unknown[] = [configJsonSchema()];
  const open = (): z.infer<typeof knowing>[] =>
    places.flatMap((place) => {
      const { properties, oneOf = [] } = knowing.parse(place);
      return [{ properties }, ...oneOf.map((one) => knowing.parse(one))];
    });
  for (const name of at) places = open().flatMap(({ properties }) => properties?.[name] ?? []);
  return [...new Set(open().flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

const together = z.object({
  district: z.unknown().optional(),
  kiosk: z.unknown().optional(),
  printer: z.object({ kind: z.unknown().optional() }).optional().catch(undefined),
});

/** What goes only with something else; told beside mistakes in either. */
function crossMistakes(file: string, written: unknown): ConfigMistake[] {
  const read = together.safeParse(written);
  if (!read.success || read.data.district === undefined) return [];
  const mistakes: ConfigMistake[] = [];
  if (read.data.kiosk === undefined)
    mistakes.push(
      mistakeAt(file, 'kiosk', "expected the kiosk's number and stationId, because a district is set"),
    );
  if (read.data.printer?.kind === 'file')
    mistakes.push(
      mistakeAt(
        file,
        'printer.kind',
        'expected ipp, escpos or none, because a district is set; file is for demonstrations',
      ),
    );
  return mistakes;
}

const withNetwork = z.object({ desk: z.object({ network: networkSchema }) });

/** Only of a part that is right in itself: its own mistakes are told first. */
function stationMistakes(file: string, written: unknown): ConfigMistake[] {
  const read = withNetwork.safeParse(written);
  if (!read.success) return [];
  return stationKioskMistakes(read.data.desk.network).map(([at, expected]) =>
    mistakeAt(file, `desk.network.station${at === '' ? '' : `.${at}`}`, expected),
  );
}

/** @throws ConfigError when there is no such file. */
export async function readConfigText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new ConfigError(
      `${file}: the configuration file cannot be read; expected a JSON file at that place.`,
    );
  }
}

/** @throws ConfigError with the first mistake, and how to see the others. */
export async function readConfigFile(file: string): Promise<ParsedConfig> {
  const reading = parseConfig(file, await readConfigText(file));
  if (reading.sound !== null && reading.mistakes.length === 0) return reading.sound;
  const [first, ...others] = reading.mistakes;
  const more =
    others.length === 0 ? '' : ` ${String(others.length)} more: "skranke config check" names every mistake.`;
  throw new ConfigError(`${first?.message ?? file}${more}`);
}

/** The JSON Schema (draft 2020-12) of a configuration, for editors; resources/schemas holds it as it is. */
export function configJsonSchema(): z.core.JSONSchema.JSONSchema {
  return { title: 'Configuration of Skranke', ...z.toJSONSchema(configSchema, { io: 'input' }) };
}
