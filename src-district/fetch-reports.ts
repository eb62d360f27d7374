import { z } from 'zod';
import { keptReportSchema, reports as reportsRoute } from '../src-main/contract/reader-api.ts';
import type { KeptReport } from './reports.ts';

/** The list from a running intake that holds its PGlite folder; null when it refuses or is not there. */
export async function fetchReports(url: string, token: string): Promise<readonly KeptReport[] | null> {
  try {
    const response = await fetch(new URL(reportsRoute.path, url), {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    });
    const reports = z.array(keptReportSchema).safeParse(await response.json());
    return response.ok && reports.success ? reports.data : null;
  } catch {
    return null;
  }
}
