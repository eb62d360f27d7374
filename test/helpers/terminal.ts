import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openBrowser, type OpenBrowser } from './browser.ts';
import { chromiumPath } from './tools.ts';
import type { Machine } from './machine.ts';
import { until } from './machine.ts';
import { VisitDriver } from './visit-driver.ts';

const deliverySchema = z.object({ undelivered: z.number() });

/** A terminal of a district that cannot be reached: what is reported there waits. */
export function enrolTerminal(machine: Machine, update: Readonly<Record<string, number>> = {}): void {
  const config = {
    update,
    dataDir: '/var/lib/skranke',
    district: { id: 'fyn', url: 'https://intake.fyn.example' },
    kiosk: { number: '120', stationId: 'odense' },
  };
  writeFileSync(path.join(machine.root, 'etc/skranke/config.json'), JSON.stringify(config));
  if (existsSync(path.join(machine.root, 'etc/skranke/keys'))) return;
  machine.must('skranke', 'district', 'key', '/etc/skranke/keys', '--district', 'fyn');
  machine.must('chmod', '-R', 'a+rX', '/etc/skranke/keys');
  machine.must('skranke', 'enrol', '--district-key', '/etc/skranke/keys/fyn.jwk.json', '--json');
}

export const isActive = (machine: Machine, unit: string): boolean =>
  machine.run('systemctl', 'is-active', '--quiet', unit).code === 0;

export const untilActive = (machine: Machine, unit: string): Promise<void> =>
  until(`${unit} serves`, () => isActive(machine, unit));

/** Events that wait for the district, as IT is told. */
export const undelivered = (machine: Machine): number =>
  deliverySchema.parse(JSON.parse(machine.run('skranke', 'delivery', '--json').out)).undelivered;

/** The address that only the screen's user is given, read as that user. */
export const addressOf = (machine: Machine): string =>
  machine
    .must(
      'setpriv',
      '--reuid=skranke-screen',
      '--regid=skranke-screen',
      '--clear-groups',
      'cat',
      '/run/skranke-screen/address',
    )
    .trim();

export interface VisitThere {
  readonly visit: VisitDriver;
  readonly browser: OpenBrowser;
}

/** A browser on the terminal's own screen. */
export async function openAtTerminal(machine: Machine): Promise<VisitThere> {
  const before = process.env['CHROMIUM'];
  process.env['CHROMIUM'] = machine.wrap(chromiumPath() ?? '');
  try {
    const browser = await openBrowser(addressOf(machine), 'portrait');
    return { browser, visit: new VisitDriver(browser.page) };
  } finally {
    if (before === undefined) delete process.env['CHROMIUM'];
    else process.env['CHROMIUM'] = before;
  }
}

/** Somebody reports a theft there, in Arabic; answers the reference number. */
export async function reportThere(machine: Machine): Promise<string> {
  const { visit, browser } = await openAtTerminal(machine);
  await visit.goToTypes('ar');
  await visit.chooseType('stolen-things');
  await visit.on('question', 'things');
  await visit.skipTo('check');
  const reference = await visit.submit();
  await visit.action('finish');
  await visit.on('start');
  await browser.close();
  return reference;
}
