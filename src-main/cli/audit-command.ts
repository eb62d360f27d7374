import { verifyAuditIn, verifyAuditOf, type AuditAnswer } from '../app/audit-tools.ts';
import { readConfig } from '../app/config.ts';
import type { AuditVerdict } from '../contract/desk-trust.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

async function verify(
  file: string | undefined,
  place: { config: string | undefined; dataDir: string | undefined },
): Promise<AuditAnswer> {
  if (file !== undefined) return { kind: 'verified', verdict: await verifyAuditOf(file) };
  const config = await readConfig({ configFile: place.config ?? null, dataDir: place.dataDir ?? null });
  return verifyAuditIn(config.dataDir);
}

function signedSentence(signed: AuditVerdict['signed']): string {
  if (signed === null) return 'the end is not signed';
  const through = `signed through line ${String(signed.through)} at ${signed.at}`;
  return signed.state === 'unchecked'
    ? `${through}, whose signature only the kiosk itself can check`
    : through;
}

function wrongSentence({ firstBad, signed }: AuditVerdict): string {
  if (signed?.state === 'not-own') return 'the signature of the end is not of this kiosk';
  if (signed?.state === 'cut')
    return `the end is missing from line ${String(firstBad)} on: line ${String(signed.through)} was signed`;
  return `line ${String(firstBad)} is missing or was changed`;
}

/** `skranke audit verify [FILE]`: whether a line of the audit log is missing or was changed. */
export async function auditCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  const [action, file, ...more] = positionals;
  if (action !== 'verify' || more.length > 0)
    throw new UsageError('audit: expected "audit verify" or "audit verify FILE".');
  const answer = await verify(file, { config: values.config, dataDir: values['data-dir'] });
  if (answer.kind === 'refused') {
    complain(answer.sentence);
    return 1;
  }
  const { rows, ok, firstBad, signed } = answer.verdict;
  if (values.json) say(JSON.stringify({ rows, ok, firstBad, signed }));
  else if (ok) say(`${String(rows)} lines, none missing or changed; ${signedSentence(signed)}.`);
  else complain(`${wrongSentence(answer.verdict)}; ${String(rows)} lines in all.`);
  return ok ? 0 : 1;
}
