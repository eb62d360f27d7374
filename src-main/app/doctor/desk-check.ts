import { ConfigError } from '../config-error.ts';
import { readDeskCertificate } from '../desk-certificate.ts';
import { fail, ok, skipped, warn, type Finding, type KioskScene } from './check.ts';

const dayMs = 24 * 60 * 60_000;
/** Time enough for an authority to answer. */
const renewDays = 30;
const renew = 'skranke desk csr, let your authority sign it, skranke desk import, and start the kiosk again.';

/** Whether desks at other PCs reach the kiosk by a certificate they can trust, and for how long. */
export async function checkDesks({ config, now }: KioskScene): Promise<Finding> {
  if (config.desk.network === undefined) return skipped('Desks over the network are not turned on.');
  try {
    const { validUntil, names } = await readDeskCertificate(config, now);
    const day = validUntil.toISOString().slice(0, 10);
    const sentence = `The certificate for ${names.join(', ')} is valid until ${day}.`;
    return validUntil.getTime() - now.getTime() < renewDays * dayMs ? warn(sentence, renew) : ok(sentence);
  } catch (error) {
    if (error instanceof ConfigError) return fail(`No desk reaches the kiosk: ${error.message}.`, renew);
    throw error;
  }
}
