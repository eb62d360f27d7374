import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportExportJsonSchema } from '../../src-main/app/report-schema.ts';

test('the published schema of a saved report is the one the desk saves by', () => {
  const file = path.resolve(import.meta.dirname, '../../resources/schemas/report-export.schema.json');
  const advice = 'npm run -s skranke -- report schema > resources/schemas/report-export.schema.json';
  const now = `${JSON.stringify(reportExportJsonSchema(), null, 2)}\n`;
  expect(readFileSync(file, 'utf8') === now, `write it anew: ${advice}`).toBe(true);
});
