import { verifyAuditIn, verifyAuditOf, type AuditAnswer } from '../app/audit-tools.ts';
import { readConfig } from '../app/config.ts';
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
  const { rows, ok, firstBad } = answer.verdict;
  if (values.json) say(JSON.stringify({ rows, ok, firstBad }));
  else if (ok) say(`${String(rows)} lines, none missing or changed.`);
  else complain(`line ${String(firstBad)} is missing or was changed; ${String(rows)} lines in all.`);
  return ok ? 0 : 1;
}
