import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseDistrictUrl } from '../adapters/http-district.ts';
import type { ContentPlaces } from '../content/layers.ts';
import { ConfigError } from './config-error.ts';
import { printerSchema, type PrinterConfig } from './printer-config.ts';

const code = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected small letters, digits and hyphens');

/** http is for a district on this machine only; a lobby's line is TLS. */
const districtUrl = z.string().refine((text) => parseDistrictUrl(text).ok, {
  error: 'expected an https:// address without user and password (http:// only for this machine itself)',
});

const seconds = (least: number, most: number) => z.int().min(least).max(most);

export const configSchema = z.strictObject({
  dataDir: z.string().min(1).optional(),
  /** What a district lays over the content that ships; a relative path starts at the configuration file. */
  contentDir: z.string().min(1).optional(),
  district: z.strictObject({ id: code, url: districtUrl, caFile: z.string().min(1).optional() }).optional(),
  kiosk: z
    .strictObject({
      number: z.string().regex(/^\d{3}$/, 'expected three digits, such as "120"'),
      stationId: code,
    })
    .optional(),
  printer: printerSchema.optional(),
  screen: z
    .strictObject({
      idleSeconds: seconds(30, 300).default(90),
      warningSeconds: seconds(10, 60).default(30),
      heightMm: z.int().min(100).max(3000).optional(),
      bottomMm: z.int().min(0).max(2000).optional(),
    })
    .prefault({}),
  keeping: z
    .strictObject({
      /** After the district has acknowledged all of a report and work on it ended. Visitors are told thirty. */
      reportDays: z.int().min(1).max(30).default(30),
      auditDays: z.int().min(30).max(3650).default(730),
    })
    .prefault({}),
  desk: z.strictObject({ onKiosk: z.boolean().default(false) }).prefault({}),
});
type ParsedConfig = z.infer<typeof configSchema>;

/** A demonstration that shows somebody's content while it is written. */
export interface Preview {
  readonly content: ContentPlaces;
  /** Each visit starts with this type; null: as ever. */
  readonly typeId: string | null;
}

/** What the command line says; it wins over the file. */
export interface ConfigOptions {
  /** Shows this and reads no configuration at all. */
  readonly preview?: Preview;
  readonly configFile: string | null;
  readonly dataDir: string | null;
}

export type Config = Omit<ParsedConfig, 'dataDir' | 'contentDir' | 'printer'> & {
  readonly dataDir: string;
  /** What ships, and what a district lays over it. */
  readonly content: ContentPlaces;
  readonly preview: Preview | null;
  readonly printer: PrinterConfig;
  /** Where locales, content and fonts stand; beside the program in a clone and in a package. */
  readonly resourcesDir: string;
  readonly migrationsDir: string;
  readonly districtMigrationsDir: string;
  readonly rendererDir: string;
  /** Named in messages; null when there is no file. */
  readonly configFile: string | null;
};

function firstProblem(file: string, error: z.ZodError): ConfigError {
  const issue = error.issues[0];
  const key = issue === undefined || issue.path.length === 0 ? '(the whole file)' : issue.path.join('.');
  const expected =
    issue?.code === 'unrecognized_keys'
      ? `it has no key ${issue.keys.map((name) => `"${name}"`).join(', ')}`
      : (issue?.message ?? 'not valid');
  return new ConfigError(`${file}: "${key}": ${expected}.`);
}

async function readConfigFile(file: string): Promise<ParsedConfig> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new ConfigError(
      `${file}: the configuration file cannot be read; expected a JSON file at that place.`,
    );
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${file}: not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`);
  }
  const result = configSchema.safeParse(parsed);
  if (!result.success) throw firstProblem(file, result.error);
  if (result.data.district !== undefined && result.data.kiosk === undefined) {
    throw new ConfigError(
      `${file}: "kiosk": expected the kiosk's number and stationId, because a district is set.`,
    );
  }
  if (result.data.district !== undefined && result.data.printer?.kind === 'file') {
    throw new ConfigError(
      `${file}: "printer.kind": expected ipp, escpos or none, because a district is set; file is for demonstrations.`,
    );
  }
  return result.data;
}

function defaultDataDir(): string {
  const xdg = process.env['XDG_DATA_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.local', 'share'), 'skranke');
}

/** In a clone this file is src-main/app/config.ts; built, it is somewhere under out/. Both have package.json above them. */
export function programRoot(): string {
  return resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
}

/**
 * Reads the one configuration file and the environment.
 * @throws ConfigError with one sentence: file, key, what was expected.
 */
export async function readConfig(options: ConfigOptions): Promise<Config> {
  const { preview = null } = options;
  const environmentFile = preview === null ? process.env['SKRANKE_CONFIG'] : undefined;
  const configFile =
    options.configFile ?? (environmentFile === undefined || environmentFile === '' ? null : environmentFile);
  const parsed = configFile === null ? configSchema.parse({}) : await readConfigFile(configFile);
  const root = programRoot();
  const resourcesDir = join(root, 'resources');
  const { dataDir, contentDir, printer, ...rest } = parsed;
  return {
    ...rest,
    printer: printer ?? (parsed.district === undefined ? { kind: 'file', paper: '80mm' } : { kind: 'none' }),
    dataDir: resolve(options.dataDir ?? dataDir ?? defaultDataDir()),
    preview,
    content: preview?.content ?? {
      contentDir: join(resourcesDir, 'content'),
      localesDir: join(resourcesDir, 'locales'),
      districtDir:
        configFile === null || contentDir === undefined ? null : resolve(dirname(configFile), contentDir),
    },
    resourcesDir,
    migrationsDir: join(root, 'db', 'migrations'),
    districtMigrationsDir: join(root, 'src-district', 'migrations'),
    rendererDir: join(root, 'out', 'renderer'),
    configFile,
  };
}

/** What the programs of ours look at in the environment besides. */
export function environment(): {
  readonly hasDisplay: boolean;
  readonly chromium: string | null;
  readonly electron: string | null;
} {
  const { env } = process;
  const named = (name: string): string | null =>
    env[name] === undefined || env[name] === '' ? null : env[name];
  return {
    hasDisplay:
      named('DISPLAY') !== null || named('WAYLAND_DISPLAY') !== null || process.platform === 'win32',
    chromium: named('CHROMIUM'),
    electron: named('SKRANKE_ELECTRON'),
  };
}
