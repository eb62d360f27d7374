import { parseArgs } from 'node:util';

export interface ShellArguments {
  readonly configFile: string | null;
  readonly dataDir: string | null;
}

/** Switches of Chromium and Node with which someone at the terminal could look inside or weaken the walls. */
const refused = [
  '--remote-debugging',
  '--inspect',
  '--no-sandbox',
  '--disable-web-security',
  '--js-flags',
  '--load-extension',
  '--enable-logging',
  '--log-net-log',
  '--user-data-dir',
];

/** The first switch that may not be given, or null. */
export function refusedSwitch(argv: readonly string[]): string | null {
  return argv.find((word) => refused.some((start) => word.startsWith(start))) ?? null;
}

/** Reads `--config FILE` and `--data-dir DIR`; Chromium's own switches are left alone. */
export function parseShellArguments(argv: readonly string[]): ShellArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: { config: { type: 'string' }, 'data-dir': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { configFile: text(values.config), dataDir: text(values['data-dir']) };
}
