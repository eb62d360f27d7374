import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { serveAdmin } from './admin.ts';
import { readConfig, type Config, type ConfigOptions } from './config.ts';
import { districtOf } from './district-address.ts';
import { startDemonstrationDistrict } from './demonstration.ts';
import { writePrivate } from '../adapters/private-files.ts';
import { copiesFolder } from './copies-folder.ts';
import { openStation, type Station } from './station.ts';

/** A PIN that was just made, on its way to whoever set the kiosk up. */
export interface NewPin {
  readonly userName: string;
  readonly pin: string;
}

/** A whole kiosk without its windows: what either host opens. */
export interface Kiosk {
  readonly config: Config;
  readonly station: Station;
  /** The embedded intake of a demonstration, the configured one, or null. */
  readonly districtUrl: string | null;
  /** In a demonstration whose staff were made just now. */
  readonly newPin: NewPin | null;
  /** Whether a desk may open on this machine's own screen. */
  readonly hasDesk: boolean;
  close(): Promise<void>;
}

const demonstrationUser = 'demo';
/** The fictional district of a demonstration. */
const demonstrationDistrictNumber = '00';

/** In a demonstration somebody must be able to sign in at once; elsewhere IT adds staff. */
async function addDemonstrationStaff(station: Station): Promise<NewPin | null> {
  if (station.identity.mode !== 'demonstration' || station.services.staffAdmin.list().length > 0) return null;
  const answer = await station.handleAdmin({
    ask: 'add-staff',
    userName: demonstrationUser,
    displayName: 'D. Demo',
    roles: ['front-desk', 'officer', 'supervisor', 'it'],
    isPinOneTime: false,
  });
  return answer.answer === 'pin' ? { userName: demonstrationUser, pin: answer.pin } : null;
}

/** Leaves a PIN in a file that only this user can read; answers its path. */
export async function keepPin(dataDir: string, { userName, pin }: NewPin): Promise<string> {
  const file = join(dataDir, `pin-${userName}.txt`);
  await writePrivate(file, `${pin}\n`);
  return file;
}

/** Things that are open, closed in the opposite order. */
class Opened {
  readonly #closers: (() => Promise<void>)[] = [];
  keep<T extends { close(): Promise<void> }>(thing: T): T {
    this.#closers.unshift(() => thing.close());
    return thing;
  }
  async close(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close();
  }
}

/**
 * Opens the configuration, the demonstration's district where there is no real one, the station and IT's door.
 * @throws ConfigError, ContentError or DatabaseRefusal with one sentence; nothing is left open then.
 */
export async function openKiosk(options: ConfigOptions): Promise<Kiosk> {
  const config = await readConfig(options);
  const opened = new Opened();
  try {
    const embedded =
      config.district === undefined
        ? opened.keep(await startDemonstrationDistrict(config, demonstrationDistrictNumber))
        : null;
    const station = opened.keep(
      await openStation(config, { district: await districtOf(config, embedded), isStart: true }),
    );
    // Left behind by a command that was killed.
    await rm(copiesFolder(config.dataDir), { recursive: true, force: true });
    opened.keep(await serveAdmin(config.dataDir, station.handleAdmin));
    const newPin = await addDemonstrationStaff(station);
    return {
      config,
      station,
      newPin,
      districtUrl: config.district?.url ?? embedded?.url ?? null,
      hasDesk: station.identity.mode === 'demonstration' || config.desk.onKiosk,
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
