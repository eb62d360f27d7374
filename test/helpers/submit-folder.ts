import { join } from 'node:path';
import { expect } from 'vitest';
import { openDatabase } from '../../db/open-database.ts';
import { findFirstBadAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent } from '../../db/stores/event.ts';
import { migrationsDir } from './test-store.ts';

export const submitChild = join(import.meta.dirname, 'submit-child.ts');

/** Answers of a submit child, by outcome; a last line that was cut off is no answer. */
export function readAnswers(output: string): { kinds: Map<string, string[]>; lines: string[] } {
  const lines = output.split('\n').slice(0, -1);
  const kinds = new Map<string, string[]>();
  for (const line of lines) {
    const [kind = '', id = ''] = line.split(' ');
    kinds.set(kind, [...(kinds.get(kind) ?? []), id]);
  }
  return { kinds, lines };
}

/** Opens the folder as the next start would and checks that every report is whole. @returns the ids that are there. */
export function checkWhole(folder: string, chains: boolean): Set<string> {
  const database = openDatabase({ file: join(folder, 'skranke.db'), migrationsDir });
  try {
    return database.read((db) => {
      const ids = db.all('SELECT report_id FROM report').map((row) => String(Object(row).report_id));
      const list = (sql: string): string[] =>
        db
          .all(sql)
          .map((row) => String(Object(row).report_id))
          .toSorted();
      const expected = ids.toSorted();
      expect(list("SELECT report_id FROM event WHERE kind = 'report-received'")).toEqual(expected);
      expect(list('SELECT r.report_id FROM print_job p JOIN report r USING (sequence, reference)')).toEqual(
        expected,
      );
      expect(list("SELECT subject AS report_id FROM audit WHERE action = 'report-received'")).toEqual(
        expected,
      );
      expect(new Set(ids).size).toBe(ids.length);
      if (chains) {
        expect([findFirstBadEvent(db), findFirstBadAudit(db)]).toEqual([null, null]);
        expect(db.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
      }
      return new Set(ids);
    });
  } finally {
    database.close();
  }
}
