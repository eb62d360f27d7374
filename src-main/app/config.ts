import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ContentPlaces } from '../content/layers.ts';
import { configSchema, readConfigFile, type ParsedConfig } from './config-file.ts';
import type { PrinterConfig } from './printer-config.ts';

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

export type Config = Omit<ParsedConfig, '$schema' | 'dataDir' | 'contentDir' | 'printer' | 'headphones'> & {
  readonly dataDir: string;
  /** What ships, and what a district lays over it. */
  readonly content: ContentPlaces;
  readonly preview: Preview | null;
  readonly printer: PrinterConfig;
  /** Where the system says whether headphones are plugged in; null where nobody can tell. */
  readonly headphonesFile: string | null;
  /** Where locales, content and fonts stand; beside the program in a clone and in a package. */
  readonly resourcesDir: string;
  readonly migrationsDir: string;
  readonly districtMigrationsDir: string;
  readonly rendererDir: string;
  /** Named in messages; null when there is no file. */
  readonly configFile: string | null;
};

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
  const configFile = options.configFile ?? (preview === null ? environment().configFile : null);
  const parsed = configFile === null ? configSchema.parse({}) : await readConfigFile(configFile);
  const root = programRoot();
  const resourcesDir = join(root, 'resources');
  const { $schema: _, dataDir, contentDir, printer, headphones, ...rest } = parsed;
  return {
    ...rest,
    printer: printer ?? (parsed.district === undefined ? { kind: 'file', paper: '80mm' } : { kind: 'none' }),
    headphonesFile:
      configFile === null || headphones === undefined ? null : resolve(dirname(configFile), headphones.file),
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
  readonly configFile: string | null;
  readonly hasDisplay: boolean;
  readonly chromium: string | null;
  readonly electron: string | null;
  /** Set by systemd: device and inode of the stream that its journal reads. */
  readonly journal: string | null;
  /** systemd waits to hear from this program; `watchdogUsec` null: once is enough. */
  readonly systemd: { readonly watchdogUsec: number | null } | null;
} {
  const { env } = process;
  const named = (name: string): string | null =>
    env[name] === undefined || env[name] === '' ? null : env[name];
  return {
    hasDisplay:
      named('DISPLAY') !== null || named('WAYLAND_DISPLAY') !== null || process.platform === 'win32',
    configFile: named('SKRANKE_CONFIG'),
    chromium: named('CHROMIUM'),
    electron: named('SKRANKE_ELECTRON'),
    systemd:
      named('NOTIFY_SOCKET') === null ? null : { watchdogUsec: Number(named('WATCHDOG_USEC') ?? 0) || null },
    journal: named('JOURNAL_STREAM'),
  };
}
