import { expect, it } from 'vitest';
import type { Report } from '../../src-main/contract/report.ts';
import { promisedUntil, promiseSpans } from '../../src-main/domain/reply-promise.ts';
import { arabicReport, fakeReports, makeReport } from '../helpers/fake-desk-reports.ts';
import { shippedContent } from '../helpers/fake-visitor-api.ts';

const content = shippedContent();
const lasting = { validFrom: '2026-01-01', reviewBy: '2027-01-01', replyWithinDays: 5 };

it('a version promises from its approval and its first day until the next version or the day it is looked at again', () => {
  const versions = [
    { at: '2026-03-01T09:00', promise: { ...lasting, validFrom: '2026-03-05' } },
    { at: '2026-05-01T09:00', promise: null },
    { at: '2026-06-01T09:00', promise: { ...lasting, reviewBy: '2026-08-01', replyWithinDays: 10 } },
    { at: '2026-09-01T09:00', promise: { ...lasting, validFrom: '2026-12-01' } },
    { at: '2026-09-02T09:00', promise: lasting },
  ];
  expect(promiseSpans(versions)).toEqual([
    { from: '2026-03-05T00:00', until: '2026-05-01T09:00', days: 5 },
    { from: '2026-06-01T09:00', until: '2026-08-01T23:59', days: 10 },
    { from: '2026-09-02T09:00', until: '2027-01-01T23:59', days: 5 },
  ]);
});

it('only who can be answered, by a clock that could be trusted, while something was promised', () => {
  const promises = promiseSpans([{ at: '2026-11-01T09:00', promise: lasting }]);
  const named = makeReport(arabicReport, 1);
  const due = (changes: Partial<Report>) => promisedUntil(promises, content, { ...named, ...changes });
  expect(due({})).toBe(Date.parse(named.receivedAt) + 5 * 86_400_000);
  expect(due({ receivedLocal: '2026-10-31T23:00' })).toBeNull();
  expect(due({ isClockTrusted: false })).toBeNull();
  const [, , anonymous = arabicReport] = fakeReports();
  expect(promisedUntil(promises, content, makeReport(anonymous, 2))).toBeNull();
  const tip = { ...named.summary, reportType: 'tip' };
  expect(due({ summary: tip })).toBeNull();
  expect(promisedUntil([], content, named)).toBeNull();
});
