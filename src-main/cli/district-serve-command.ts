import { join } from 'node:path';
import { ConfigError } from '../app/config-error.ts';
import { readConfig } from '../app/config.ts';
import { readDistricts } from '../app/district-keys.ts';
import { openLog } from '../app/log.ts';
import { createIntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import { listKiosks } from '../../src-district/kiosk-registry.ts';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { openOrRefuse } from './district-database.ts';
import { say } from './print.ts';
import { untilAskedToStop } from './until-stopped.ts';

interface Serve {
  readonly database: string;
  readonly keys: string;
  readonly port: number;
  readonly isForProgram: boolean;
}

export async function serveCommand({ database, keys, port, isForProgram }: Serve): Promise<number> {
  const config = await readConfig({ configFile: null, dataDir: null });
  const kiosks = await loadKioskKeys(join(keys, 'kiosks'));
  if (!kiosks.ok)
    throw new ConfigError(`${kiosks.file}: expected a kiosk's public key in a file named like 07-120.json.`);
  const districts = await readDistricts(keys, config);
  const opened = await openOrRefuse(database, config.districtMigrationsDir);
  const log = openLog();
  const server = createIntakeServer({
    intake: createIntake({ database: opened, kioskKeys: kiosks.keys }),
    administration: { database: opened, districts, kioskKeys: kiosks.keys },
    note: (event, facts) => log.note(event, facts),
    warn: (event, facts) => log.warn(event, facts),
  });
  try {
    const { url } = await server.listen(port, '127.0.0.1');
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
