import { reportSchema, type Report } from '../../src-main/contract/report.ts';

let numbers = 0;

/** A report that a kiosk could have taken in, for whoever opens it. */
export function makeReport(reportId: string, districtId: string): Report {
  numbers += 1;
  return reportSchema.parse({
    reportId,
    reference: `5100${String(numbers).padStart(8, '0')}`,
    kioskId: '51-001',
    stationId: 'fjordby',
    receivedAt: '2026-11-20T12:00:00.000Z',
    receivedLocal: '2026-11-20T13:00',
    isClockTrusted: true,
    contentVersion: 'test',
    summary: {
      reportId,
      reportType: 'stolen-things',
      language: 'ar',
      flags: [],
      districtId,
      isFallbackRouting: false,
      route: 'self',
      isAnonymous: true,
    },
    submission: {
      reportId,
      language: 'ar',
      reportType: 'stolen-things',
      gateAnswers: {},
      isUnder18: false,
      answers: [],
    },
  });
}
