import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { lockFolder } from '../../db/instance-lock.ts';
import { openCopy } from '../../db/open-copy.ts';
import type { AuditVerdict } from '../contract/desk-trust.ts';
import { verifyAudit } from '../services/audit-trail.ts';
import { askRunningKiosk } from './admin.ts';

/**
 * Walks the audit log of a copied database; the file and what lies beside it stay as they are.
 * @throws DatabaseRefusal
 */
export async function verifyAuditOf(file: string): Promise<AuditVerdict> {
  const copy = openCopy(file);
  try {
    return await verifyAudit((ask) => copy.read(ask));
  } finally {
    copy.close();
  }
}

export type AuditAnswer =
  | { readonly kind: 'verified'; readonly verdict: AuditVerdict }
  | { readonly kind: 'refused'; readonly sentence: string };

/**
 * Asks the kiosk that runs on this data folder; where none does, the file is walked as it lies there.
 * @throws DatabaseRefusal
 */
export async function verifyAuditIn(dataDir: string): Promise<AuditAnswer> {
  const answer = await askRunningKiosk(dataDir, { ask: 'verify-audit' });
  if (answer?.answer === 'audit') return { kind: 'verified', verdict: answer.verdict };
  if (answer !== null)
    return {
      kind: 'refused',
      sentence: answer.answer === 'refused' ? answer.sentence : 'The kiosk gave another answer.',
    };
  const file = join(dataDir, 'skranke.db');
  if (!existsSync(file)) throw new DatabaseRefusal('no-access', file);
  // Nobody starts a kiosk on it while it is being copied.
  const lock = lockFolder(dataDir);
  try {
    return { kind: 'verified', verdict: await verifyAuditOf(file) };
  } finally {
    lock.release();
  }
}
