import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContent } from '../../src-main/content/load-content.ts';
import type { AskedType } from '../../src-main/contract/content.ts';
import { languages, type Language } from '../../src-main/contract/ids.ts';
import { receiptPapers, type ReceiptContent } from '../../src-main/contract/receipt.ts';
import { composeReceipt } from '../../src-main/domain/receipt.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';
import { newReportId } from '../helpers/fakes.ts';
import { createTestLayout, exampleProof } from '../helpers/receipt-content.ts';

/* The slips of the types that ship, as visitors get them. */

const layout = createTestLayout();

let library: ContentLibrary;
beforeAll(async () => {
  const resourcesDir = join(import.meta.dirname, '../../resources');
  ({ library } = await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: true }));
});

function slipOf(type: AskedType, language: Language): ReceiptContent {
  const station = library.station('fjordby');
  const district = library.district('fjordby');
  if (station === null || district === null) throw new Error('the fictional station ships');
  const place = { station, district, isDemonstration: false, isLobbyStaffed: true };
  const content = composeReceipt(library, place, {
    reference: makeReference('00', '000', '483739'),
    summary: {
      reportId: newReportId(),
      reportType: type.id,
      language,
      flags: language === 'ar' ? ['interpreter'] : [],
      districtId: district.id,
      isFallbackRouting: false,
      route: type.route,
      isAnonymous: true,
    },
    receivedLocal: '2026-11-20T14:41',
    isClockTrusted: true,
    variant: type.receipt,
  });
  return { ...content, proof: exampleProof };
}

const typeNamed = (id: string): AskedType => {
  const found = library.content.reportTypes.find((type) => type.id === id);
  if (found === undefined) throw new Error(`no type ${id}`);
  return found;
};

describe.each(receiptPapers)('on %s', (paper) => {
  test.each(languages)('the slip of every type is short and can be drawn whole: %s', async (language) => {
    for (const type of library.content.reportTypes) {
      const content = slipOf(type, language);
      const { heightMm, pageCount } = await layout.render(content, paper);
      expect([type.id, pageCount, heightMm <= (paper === 'a4' ? 297 : 250)]).toEqual([type.id, 1, true]);
      expect(layout.missingScripts(content)).toEqual([]);
    }
  });
});

test.each(languages)('the rights stay on the slip of a theft on 80 mm and A4: %s', async (language) => {
  const content = slipOf(typeNamed('stolen-things'), language);
  expect(content.rightsTopics.length).toBeGreaterThan(0);
  for (const paper of ['80mm', 'a4'] as const) {
    const printed = await layout.render(content, paper);
    const without = await layout.render({ ...content, rightsTopics: [] }, paper);
    // They are what is left out first.
    expect(Buffer.from(printed.pdf).equals(without.pdf)).toBe(false);
  }
});

test('a tip is named on no paper, and told that it is no report', () => {
  const words = JSON.stringify(slipOf(typeNamed('tip'), 'en'));
  expect(words).toContain('not-a-report');
  expect(words).not.toMatch(/\btip\b(?!")/i);
});

test('one who was asked to come is called by number, and told 114 where nobody is there', () => {
  const called = slipOf(typeNamed('appointment'), 'da');
  expect(called).toMatchObject({ variant: 'appointment', callNumber: '7397' });
  expect(called.nextSteps).toEqual(['not-a-report']);
});

describe('a promised answer', () => {
  const approved = {
    settings: {
      ...{ validFrom: '2026-11-20', reviewBy: '2027-05-01', exceptions: [], notices: [] },
      services: [{ id: 'counter', week: Array.from({ length: 7 }, () => []), onHolidays: 'closed' as const }],
      replyWithinDays: 5,
    },
    source: 'the station',
  };

  test('stands on the slip of whoever can be reached, from the minute it was approved, and of nobody else', async () => {
    const resourcesDir = join(import.meta.dirname, '../../resources');
    const own = (await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: true })).library;
    const station = own.station('fjordby');
    const district = own.district('fjordby');
    if (station === null || district === null) throw new Error('the fictional station ships');
    const place = { station, district, isDemonstration: false, isLobbyStaffed: true };
    const slip = (isAnonymous: boolean) =>
      composeReceipt(own, place, {
        reference: makeReference('00', '000', '483739'),
        summary: {
          ...{ reportId: newReportId(), reportType: 'stolen-things', language: 'ar', flags: [] },
          ...{ districtId: 'fjordby', isFallbackRouting: false, route: 'self', isAnonymous },
        },
        receivedLocal: '2026-11-20T14:41',
        isClockTrusted: true,
        variant: 'full',
      });
    own.say('fjordby', { ...approved, at: '2026-11-20T14:42' });
    expect(slip(false).nextSteps).toContain('registration-takes-days');
    own.say('fjordby', { ...approved, at: '2026-11-20T14:41' });
    expect(slip(true).nextSteps).toContain('registration-takes-days');
    const promised = slip(false);
    expect(promised.nextSteps).toContain('reply-within');
    expect(promised.nextSteps).not.toContain('registration-takes-days');
    for (const paper of receiptPapers) {
      const { pageCount, heightMm } = await layout.render({ ...promised, proof: exampleProof }, paper);
      expect([pageCount, heightMm <= (paper === 'a4' ? 297 : 250)]).toEqual([1, true]);
    }
    expect(own.replyWithinDays('fjordby', '2027-05-02T08:00')).toBeNull();
  });
});
