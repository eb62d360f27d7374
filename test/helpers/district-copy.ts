import { vi } from 'vitest';
import { z } from 'zod';
import { reportSchema, type Report } from '../../src-main/contract/report.ts';
import { runSkranke } from './kiosk-process.ts';

const openedSchema = z.object({
  kept: z.object({
    kioskId: z.string(),
    sequence: z.int(),
    review: z.object({ state: z.string() }).nullable(),
    sealed: z.object({ reference: z.string() }),
  }),
  report: reportSchema.nullable(),
});
export type OpenedCopy = z.infer<typeof openedSchema>;

/** Everything the district keeps, opened with its key, through the command that the district uses. */
export async function readDistrictCopies(options: readonly string[]): Promise<OpenedCopy[]> {
  const { code, out, err } = await runSkranke([
    'district',
    'reports',
    '--open',
    '--show-contact',
    ...options,
  ]);
  if (code !== 0) throw new Error(`district reports ended with ${String(code)}: ${err}`);
  return out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => openedSchema.parse(JSON.parse(line)));
}

/** Waits until the district holds this reference, and answers its one copy. */
export async function waitForDistrict(options: readonly string[], reference: string): Promise<Report> {
  return vi.waitFor(
    async () => {
      const copies = (await readDistrictCopies(options)).filter(
        (copy) => copy.kept.sealed.reference === reference,
      );
      if (copies.length !== 1)
        throw new Error(`the district holds ${String(copies.length)} copies of ${reference}`);
      const report = copies[0]?.report;
      if (report === null || report === undefined) throw new Error(`the district cannot open ${reference}`);
      return report;
    },
    { timeout: 90_000, interval: 500 },
  );
}
