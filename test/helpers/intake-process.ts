import { createIntake } from '../../src-district/intake.ts';
import { createIntakeServer } from '../../src-district/http-server.ts';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { openOrFail } from './opening.ts';

/** An intake of its own, to be killed: `node intake-process.ts DATABASE-URL KEY-FOLDER PORT`; prints its address. */
const [databaseUrl = '', keyFolder = '', port = '0'] = process.argv.slice(2);
const keys = await loadKioskKeys(keyFolder);
if (!keys.ok) throw new Error(`not a kiosk's key: ${keys.file}`);
const database = await openOrFail(databaseUrl);
const server = createIntakeServer({ intake: createIntake({ database, kioskKeys: keys.keys }) });
const { url } = await server.listen(Number(port), '127.0.0.1');
process.stdout.write(`${url}\n`);
process.on('SIGTERM', () => {
  void server
    .close()
    .then(() => database.close())
    .then(() => process.exit(0));
});
