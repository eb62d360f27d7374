import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../app/config-error.ts';
import { readConfig } from '../app/config.ts';
import { readDistricts } from '../app/district-keys.ts';
import { isLoopback, readIntakeTls, type IntakeTls } from '../app/intake-certificate.ts';
import { openLog } from '../app/log.ts';
import { readContentKeysOf } from '../app/pack-content.ts';
import { createIntakeServer } from '../../src-district/http-server.ts';
import type { PageFiles } from '../../src-district/page.ts';
import { readBuiltFiles, type BuiltFile } from '../hosts/pages/built-files.ts';
import { makePageHeaders } from '../hosts/pages/page-headers.ts';
import { createIntake } from '../../src-district/intake.ts';
import { listKiosks } from '../../src-district/kiosk-registry.ts';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { openOrRefuse } from './district-database.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';
import { untilAskedToStop } from './until-stopped.ts';

interface Serve {
  readonly database: string;
  readonly keys: string;
  readonly port: number;
  readonly host: string;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly isForProgram: boolean;
}

const soonMs = 30 * 24 * 3600 * 1000;

/** Null: in the clear, which only this machine may hear. */
async function openTls({ host, tlsCert, tlsKey }: Serve): Promise<IntakeTls | null> {
  if (tlsCert !== undefined && tlsKey !== undefined) return readIntakeTls(tlsCert, tlsKey, new Date());
  if (tlsCert !== undefined || tlsKey !== undefined)
    throw new UsageError('district serve: expected --tls-cert and --tls-key together.');
  if (isLoopback(host)) return null;
  throw new UsageError(
    `--host ${host}: expected --tls-cert and --tls-key with it; without them the intake listens on 127.0.0.1 only.`,
  );
}

/** The page as it was built; where nothing was built, what case systems and kiosks need is served all the same. */
async function openPage(rendererDir: string): Promise<PageFiles> {
  const files = existsSync(rendererDir) ? await readBuiltFiles(rendererDir) : new Map<string, BuiltFile>();
  return { files, headers: makePageHeaders("'self'") };
}

export async function serveCommand(serve: Serve): Promise<number> {
  const { database, keys, port, host, isForProgram } = serve;
  const tls = await openTls(serve);
  const config = await readConfig({ configFile: null, dataDir: null });
  const kiosks = await loadKioskKeys(join(keys, 'kiosks'));
  if (!kiosks.ok)
    throw new ConfigError(`${kiosks.file}: expected a kiosk's public key in a file named like 07-120.json.`);
  const districts = await readDistricts(keys, config);
  const contentKeys = await readContentKeysOf(keys);
  const opened = await openOrRefuse(database, config.districtMigrationsDir);
  const log = openLog();
  const server = createIntakeServer({
    intake: createIntake({ database: opened, kioskKeys: kiosks.keys }),
    administration: { database: opened, districts, contentKeys, kioskKeys: kiosks.keys },
    ...(tls === null ? {} : { tls }),
    page: await openPage(config.rendererDir),
    note: (event, facts) => log.note(event, facts),
    warn: (event, facts) => log.warn(event, facts),
  });
  if (tls !== null && tls.endsAt.getTime() - Date.now() < soonMs)
    log.warn('certificate-ends-soon', { endsAt: tls.endsAt.toISOString() });
  try {
    const { url } = await server.listen(port, host);
    const known = (await listKiosks(opened)).length;
    if (isForProgram) say(JSON.stringify({ url, kioskKeys: kiosks.keys.size, kiosks: known }));
    else
      say(
        `skranke: intake at ${url}, ${String(kiosks.keys.size)} kiosks known by file, ${String(known)} seen`,
      );
    await untilAskedToStop();
    return 0;
  } finally {
    await server.close();
    await opened.close();
  }
}
