import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import { parseDistrictUrl } from '../../adapters/http-district.ts';
import { askRunningKiosk } from '../admin.ts';
import { fail, ok, skipped, together, warn, type Finding, type KioskScene } from './check.ts';

/** What one question to the intake brought. */
export type Reach =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** What the intake's clock says; null when it does not say. */
      readonly date: Date | null;
      /** When its certificate ends; null without TLS. */
      readonly validTo: Date | null;
    }
  | { readonly kind: 'failed'; readonly code: string };

const patienceMs = 10_000;

const dateOf = (text: string | undefined): Date | null => {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
};

/** Asks the intake how it is; sends nothing of ours. */
export function reachDistrict(url: string, certificateAuthority: string | null): Promise<Reach> {
  const parsed = parseDistrictUrl(url);
  if (!parsed.ok) return Promise.resolve({ kind: 'failed', code: parsed.problem });
  const target = new URL(parsed.url);
  target.pathname = `${target.pathname.replace(/\/+$/, '')}/v1/health`;
  const isTls = target.protocol === 'https:';
  const ca = certificateAuthority === null ? {} : { ca: certificateAuthority };
  const signal = AbortSignal.timeout(patienceMs);
  return new Promise((resolve) => {
    const request = isTls
      ? https.get(target, { ...ca, signal, agent: false, minVersion: 'TLSv1.2' })
      : http.get(target, { signal, agent: false });
    request.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.name;
      resolve({ kind: 'failed', code: signal.aborted ? 'ETIMEDOUT' : code });
    });
    request.once('response', (response) => {
      const { socket } = response;
      const validTo = socket instanceof TLSSocket ? dateOf(socket.getPeerCertificate().valid_to) : null;
      resolve({
        kind: 'answered',
        status: response.statusCode ?? 0,
        date: dateOf(response.headers.date),
        validTo,
      });
      response.resume();
    });
  });
}

const dayMs = 86_400_000;
const clockFix = 'Set the clock of whichever is wrong (timedatectl set-ntp true).';

const tlsAdvice: readonly (readonly [RegExp, string])[] = [
  [
    /EXPIRED|NOT_YET_VALID/,
    'Look at the clock of this machine first; then the district renews its certificate.',
  ],
  [
    /ALTNAME|HOSTNAME/,
    'The certificate is of another name: correct district.url, or the district its certificate.',
  ],
  [
    /SELF_SIGNED|UNABLE_TO|ISSUER|CERT/,
    'Somebody else may be answering. Ask the district for the PEM of its authority and set district.caFile.',
  ],
];

export function judgeReach(url: string, reach: Reach, now: Date): Finding {
  if (reach.kind === 'failed') {
    const advice = tlsAdvice.find(([pattern]) => pattern.test(reach.code))?.[1];
    return fail(
      `${url} cannot be reached (${reach.code}). Reports wait on this kiosk.`,
      advice ??
        'Look at the cable, the name service and the firewall; the kiosk delivers by itself once the line is up.',
    );
  }
  const { status, date, validTo } = reach;
  const findings: Finding[] = [];
  if (status !== 200)
    findings.push(
      fail(
        `${url} answers ${status}, as no intake does that is well.`,
        'Ask the district, or correct district.url.',
      ),
    );
  if (date !== null && Math.abs(date.getTime() - now.getTime()) > 5 * 60_000)
    findings.push(
      warn(`The clock there says ${date.toISOString()}, here it is ${now.toISOString()}.`, clockFix),
    );
  if (validTo !== null && validTo.getTime() - now.getTime() < 30 * dayMs)
    findings.push(
      warn(
        `Its certificate ends on ${validTo.toISOString().slice(0, 10)}.`,
        'The district renews its certificate.',
      ),
    );
  const end = validTo === null ? '' : `; its certificate holds until ${validTo.toISOString().slice(0, 10)}`;
  return findings.length > 0 ? together(findings) : ok(`${url} answers${end}.`);
}

async function judgeDelivery({ config, running, now }: KioskScene): Promise<Finding[]> {
  if (running === null) return [];
  const answer = await askRunningKiosk(config.dataDir, { ask: 'delivery-status' });
  if (answer?.answer !== 'delivery')
    return [warn('The kiosk did not say how its line is.', 'skranke delivery')];
  const { state, stopped, undelivered, problem, oldestWaitingAt } = answer.status;
  const fix = 'skranke delivery says how it goes on.';
  if (stopped !== null)
    return [fail(`The line stands at event ${stopped.sequence} (${stopped.reason}).`, fix)];
  if (state === 'failing')
    return [fail(`The line fails (${problem ?? 'the database'}); ${undelivered} events wait.`, fix)];
  const isOld = oldestWaitingAt !== null && now.getTime() - Date.parse(oldestWaitingAt) > dayMs;
  return isOld ? [warn(`${undelivered} events wait, the oldest from ${oldestWaitingAt}.`, fix)] : [];
}

export async function checkDistrict(scene: KioskScene): Promise<Finding> {
  const { district } = scene.config;
  if (district === undefined) return skipped('A demonstration has a district of its own.');
  let authority: string | null = null;
  if (district.caFile !== undefined) {
    authority = await readFile(district.caFile, 'utf8').catch(() => null);
    if (authority === null) return fail(`${district.caFile} cannot be read.`, 'Correct district.caFile.');
  }
  const reach = await reachDistrict(district.url, authority);
  return together([judgeReach(district.url, reach, scene.now), ...(await judgeDelivery(scene))]);
}
